"""One block of needs matched with every supplier: candidates, scores, reasons; and all needs, block by block.

A block is a pure function of the needs at hand and of what was fitted once on the suppliers, so that a loop, several
processes and the partitions of a cluster give the same rows whatever the blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from integrator import ranking, retrieval, workers
from integrator.budget import BLOCK_BYTES, FOUND, HELD_PAIRS, PAIR_BYTES
from integrator.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from integrator.taxonomy.space import ConceptSpace

WIDE = ("candidates", "contributions", "reasons")
"""Tables of a row or more a pair: of a large job they lie on disk."""


@dataclass(frozen=True)
class Offer:
    """The suppliers, and what is fitted once on them; only read."""

    suppliers: pd.DataFrame
    channels: Sequence[retrieval.Channel]
    offers: ranking.Offers
    scorer: ranking.Scorer


def offer_of(
    suppliers: pd.DataFrame, capabilities: pd.DataFrame, facts: pd.DataFrame, needs: pd.DataFrame,
    channels: Sequence[retrieval.Channel], space: ConceptSpace, scorer: ranking.Scorer,
) -> Offer:  # fmt: skip
    """What is fitted once, from the tables of the whole job; of `needs` only the buyers that they name count.

    The same tables give the same offer wherever it is made.
    """
    offers = ranking.offers_of(suppliers, capabilities, facts, needs, space, scorer.experience)
    return Offer(suppliers, channels, offers, scorer)


@dataclass(frozen=True)
class Settings:
    """What a job says of matching."""

    candidates: int
    """Suppliers that each channel names and that are kept, a need."""
    language: str
    buyer_experience: bool
    block_bytes: int = retrieval.BLOCK_BYTES
    """What the scores that are looked at together may take."""


def match_block(
    needs: pd.DataFrame, requirements: pd.DataFrame, facts: pd.DataFrame, offer: Offer, settings: Settings
) -> ranking.Matching:
    """Candidates of some needs, ranked; `requirements` and `facts` are theirs."""
    candidates = retrieval.candidate_pairs(
        needs, requirements, offer.suppliers, offer.channels, settings.candidates, settings.block_bytes
    )
    return rank_block(candidates, needs, requirements, facts, offer.offers, offer.scorer, settings)


def rank_block(
    candidates: pd.DataFrame, needs: pd.DataFrame, requirements: pd.DataFrame, facts: pd.DataFrame,
    offers: ranking.Offers, scorer: ranking.Scorer, settings: Settings,
) -> ranking.Matching:  # fmt: skip
    """Candidates of some needs, found wherever, ranked; `offers` holds their suppliers at least."""
    return ranking.rank(
        candidates, needs, requirements, facts, offers, keep=settings.candidates, language=settings.language,
        scorer=scorer, buyer_experience=settings.buyer_experience,
    )  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """How a job is cut; its results are the same whatever stands here."""

    rows: int
    """Needs of a block."""
    on_disk: bool
    """Whether the wide tables of each block go to disk as they are made."""
    workers: int = 1


def plan_of(needs: int, suppliers: int, candidates: int, workers: int = 1, block_bytes: int = BLOCK_BYTES) -> Plan:
    """The plan of a job of this size; every worker has a block of its own."""
    pairs = max(min(suppliers, FOUND * candidates), 1)
    rows = max(block_bytes // (pairs * PAIR_BYTES * workers), 1)
    most = -(-needs // workers)  # all of them are busy
    return Plan(max(min(rows, most), 1), needs * pairs > HELD_PAIRS or workers > 1, workers)


@dataclass(frozen=True)
class Matched:
    """All needs, matched."""

    wide: dict[str, pd.DataFrame]
    """The `WIDE` tables, unless they lie in `parts`."""
    parts: Parts | None
    matches: pd.DataFrame
    kept: pd.DataFrame
    """What `keep` kept of the reasons."""
    alone: int
    """Matches that the model of meaning found alone."""


def match_all(
    needs: pd.DataFrame, requirements: pd.DataFrame, facts: pd.DataFrame, offer: Offer, settings: Settings, plan: Plan,
    keep: Callable[[pd.DataFrame], pd.DataFrame],
) -> Matched:  # fmt: skip
    """Every need matched, block by block, by as many processes as the plan says.

    `needs` are sorted by id, `facts` those of needs. `keep` says which rows of the reasons the caller wants at hand.
    Raises what a block raises; then no process and nothing on disk is left.
    """
    of_need = _Cut(needs, requirements, facts, plan.rows)
    if not plan.on_disk:
        found = [_tables(match_block(*of_need(number), offer, settings), keep) for number in range(of_need.count)]
        whole = {name: pd.concat([one[name] for one in found], ignore_index=True) for name in found[0]}
        return Matched({name: whole[name] for name in WIDE}, None, *_rest(whole))
    parts = Parts()
    try:
        match_block(*of_need(None), offer, settings)  # what is made once is made before the processes part

        def one(number: int) -> None:
            for name, frame in _tables(match_block(*of_need(number), offer, settings), keep).items():
                parts.add(name, number, frame)

        workers.each(one, of_need.count, plan.workers)
        gathered = {name: pd.concat(list(parts.read(name)), ignore_index=True) for name in ("matches", "kept", "alone")}
    except BaseException:
        parts.close()
        raise
    return Matched({}, parts, *_rest(gathered))


class _Cut:
    """Needs with what is theirs, block by block."""

    def __init__(self, needs: pd.DataFrame, requirements: pd.DataFrame, facts: pd.DataFrame, rows: int) -> None:
        self._needs, self._rows = needs, rows
        block = pd.Series(range(len(needs)), index=needs["need_id"]) // rows
        self._theirs = [
            (table, table[key].map(block).fillna(-1).to_numpy()) for table, key in
            ((requirements, "need_id"), (facts, "entity_id"))
        ]  # fmt: skip
        self.count = max(-(-len(needs) // rows), 1)

    def __call__(self, number: int | None) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """Needs, requirements and facts of a block; of no block for None."""
        start = len(self._needs) if number is None else number * self._rows
        requirements, facts = (table[of == (-2 if number is None else number)] for table, of in self._theirs)
        return self._needs.iloc[start : start + self._rows], requirements, facts


def _tables(matching: ranking.Matching, keep: Callable[[pd.DataFrame], pd.DataFrame]) -> dict[str, pd.DataFrame]:
    matches, candidates = matching.matches, matching.candidates
    alone = candidates.loc[candidates["channels"] == "meaning", ["need_id", "supplier_id"]]
    return {
        "candidates": candidates, "contributions": matching.contributions, "reasons": matching.reasons,
        "matches": matches, "kept": keep(matching.reasons),
        "alone": matches[["need_id", "supplier_id"]].merge(alone, on=["need_id", "supplier_id"]),
    }  # fmt: skip


def _rest(tables: dict[str, pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    return tables["matches"], tables["kept"], len(tables["alone"])
