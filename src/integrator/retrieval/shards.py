"""Retrieval over suppliers that are cut into shards: the same candidates and scores whatever the cutting.

What depends on all suppliers is fitted once (`fit`), part by part. Each part becomes a `Shard` that answers alone
(`score_block`), and the best of all are kept as one shard after the other is asked (`merge_topk`): a shard's own best
hold all of its suppliers that can be among the best of all. The channel of meaning is not among these channels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from integrator.retrieval import arrays as plain
from integrator.retrieval.answers import Asked
from integrator.retrieval.candidates import BLOCK_BYTES, best_pairs, in_words
from integrator.retrieval.channels import ANALYZERS, Channel, LineChannel, TextChannel, named, text_channel
from integrator.retrieval.concepts import ConceptChannel
from integrator.retrieval.fitting import Part, Statistics
from integrator.retrieval.glosses import Texts
from integrator.retrieval.line_index import LineIndex, build_part
from integrator.retrieval.owners import Owners
from integrator.retrieval.tariffs import HsChannel
from integrator.retrieval.text_rows import TextRows
from integrator.retrieval.texts import raw_lines

if TYPE_CHECKING:
    from pathlib import Path

    from integrator.taxonomy import Taxonomy
    from integrator.taxonomy.space import ConceptSpace

VERSION = 1
KIND = "shard"


@dataclass(frozen=True)
class Shard:
    """Some suppliers, ready to be searched."""

    ids: np.ndarray
    """Their ids, in the order of their table."""
    characters: TextChannel
    words: TextChannel
    lines: LineChannel
    concept: ConceptChannel
    hs: HsChannel

    @property
    def channels(self) -> tuple[Channel, ...]:
        """In the order of the columns of a table of candidates."""
        return (self.characters, self.words, self.lines, self.concept, self.hs)

    def to_arrays(self) -> plain.Arrays:
        """Everything that the statistics do not hold, as plain arrays."""
        index = self.lines.index
        found = {"ids": plain.joined(self.ids.tolist()), "position": index.position}
        for name in ANALYZERS:
            found |= plain.under(name, getattr(self, name).rows.to_arrays())
        found |= plain.under("texts", self.words.owners.to_arrays())
        found |= plain.of_matrix("lines", index.lines) | {"lines.owner": index.owner, "lines.owned": index.owned}
        found |= plain.of_matrix("concept", self.concept.by_concept)
        found |= plain.under("concept", self.concept.owners.to_arrays())
        found |= {"hs.offered": plain.joined(" ".join(codes) for codes in self.hs.offered)}
        return found | plain.under("hs", self.hs.owners.to_arrays())

    @classmethod
    def from_arrays(cls, found: plain.Arrays, fitted: Statistics, space: ConceptSpace, taxonomy: Taxonomy) -> Shard:
        """`to_arrays` undone; raises KeyError or ValueError when the arrays do not fit each other."""
        position = found["position"]
        owners = {name: Owners.from_arrays(plain.within(name, found), position) for name in ("texts", "concept", "hs")}
        characters, words = (
            TextChannel(name, TextRows.from_arrays(plain.within(name, found), terms), owners["texts"], space.glosses)
            for name, terms in fitted.texts.items()
        )
        kept = fitted.lines
        index = LineIndex(
            kept.words, kept.times, kept.names, plain.matrix_of("lines", found),
            found["lines.owner"], found["lines.owned"], position, kept.most,
        )  # fmt: skip
        return cls(
            np.asarray(plain.parted(found["ids"]), dtype=str),
            characters,
            words,
            LineChannel(index, taxonomy),
            ConceptChannel(plain.matrix_of("concept", found), owners["concept"], fitted.rarity, space),
            HsChannel([codes.split(" ") for codes in plain.parted(found["hs.offered"])], owners["hs"]),
        )


def prepare(part: Part, fitted: Statistics, space: ConceptSpace, taxonomy: Taxonomy) -> Shard:
    """A part of the suppliers that `fitted` was fitted on, ready to be searched."""
    suppliers = part.suppliers
    offer = Texts.of(suppliers, part.capabilities, space.glosses)
    characters, words = (text_channel(name, offer, fitted.texts[name]) for name in ANALYZERS)
    lines, owners = raw_lines(suppliers, fitted.short)
    ids = suppliers["supplier_id"].to_numpy(dtype=str)
    index = build_part(lines, owners, ids.tolist(), taxonomy, fitted.lines)
    concept = ConceptChannel.of(suppliers, part.capabilities, space, fitted.rarity)
    return Shard(ids, characters, words, LineChannel(index, taxonomy), concept, HsChannel.of(suppliers))


def save_shard(shard: Shard, path: Path) -> None:
    """One file of plain arrays, written whole or not at all."""
    plain.save(path, KIND, VERSION, shard.to_arrays())


def load_shard(path: Path, fitted: Statistics, space: ConceptSpace, taxonomy: Taxonomy) -> Shard:
    """What `save_shard` wrote; raises ValueError with one sentence when the file is another's or damaged."""
    found = plain.read(path, KIND, VERSION)
    try:
        return Shard.from_arrays(found, fitted, space, taxonomy)
    except (KeyError, IndexError, TypeError) as fault:
        raise ValueError(f"{path} does not hold a sound shard: make it anew") from fault


def ask(needs: pd.DataFrame, requirements: pd.DataFrame, shard: Shard) -> Questions:
    """What needs ask, by any of the shards: it rests on the statistics alone. `requirements` are (at least) theirs."""
    return Questions(
        needs["need_id"].to_numpy(dtype=str), tuple(channel.ask(needs, requirements) for channel in shard.channels)
    )


@dataclass(frozen=True)
class Questions:
    """What needs ask of every channel."""

    need_ids: np.ndarray
    asked: tuple[Asked, ...]


def score_block(
    questions: Questions,
    shard: Shard,
    count: int,
    block_bytes: int = BLOCK_BYTES,
    so_far: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The candidates among the suppliers of one shard, as `candidate_pairs` gives them.

    A pure function. `so_far` (candidates of other shards) leaves out what cannot be among the best any more.
    """
    names = [channel.name for channel in shard.channels]
    answers = [channel.answer(one) for channel, one in zip(shard.channels, questions.asked, strict=True)]
    floors = None if so_far is None else _floors(so_far, questions.need_ids, names, count)
    return best_pairs(questions.need_ids, shard.ids, answers, names, count, block_bytes, floors)


def merge_topk(frames: Sequence[pd.DataFrame], count: int) -> pd.DataFrame:
    """The candidates among all: the best `count` of each need and channel by score, ties by supplier id.

    `frames`: candidates of the same needs among different suppliers, one at least. A pair stays when a channel still
    names it; which do stands in `channels`.
    """
    pairs = pd.concat([frame for frame in frames if len(frame)] or [frames[0]], ignore_index=True)
    names = [name.removeprefix("channel_") for name in pairs.columns if name.startswith("channel_")]
    need, supplier = (_ranks(pairs[column]) for column in ("need_id", "supplier_id"))
    kept = np.zeros((len(names), len(pairs)), dtype=bool)
    for number, name in enumerate(names):
        mine = np.flatnonzero(_finds(pairs, name))
        score = pairs[f"channel_{name}"].to_numpy()[mine]
        order = mine[np.lexsort((supplier[mine], -score, need[mine]))]
        place = np.arange(len(order)) - np.searchsorted(need[order], need[order])
        kept[number, order[place < named(name, count)]] = True
    found = (kept * (1 << np.arange(len(names)))[:, np.newaxis]).sum(axis=0)
    chosen = np.flatnonzero(found)
    chosen = chosen[np.lexsort((supplier[chosen], need[chosen]))]
    merged = pairs.iloc[chosen].reset_index(drop=True)
    merged["channels"] = in_words(found[chosen], names)
    return merged


def retrieve(
    needs: pd.DataFrame,
    requirements: pd.DataFrame,
    shards: Iterable[Shard],
    count: int,
    block_bytes: int = BLOCK_BYTES,
) -> pd.DataFrame:
    """The candidates among the suppliers of all shards, one shard in memory at a time; raises ValueError for none."""
    questions: Questions | None = None
    best: pd.DataFrame | None = None
    for shard in shards:
        questions = questions or ask(needs, requirements, shard)
        found = score_block(questions, shard, count, block_bytes, best)
        best = found if best is None else merge_topk([best, found], count)
    if best is None:
        raise ValueError("no shard of suppliers to search")
    return best


def _floors(so_far: pd.DataFrame, need_ids: np.ndarray, names: Sequence[str], count: int) -> np.ndarray:
    """Channels x needs: the score of the last supplier that a channel names, when it names as many as it may."""
    place = {need: number for number, need in enumerate(need_ids.tolist())}
    need = np.asarray([place[one] for one in so_far["need_id"].tolist()], dtype=np.int64)
    floors = np.zeros((len(names), len(need_ids)))
    for number, name in enumerate(names):
        mine = _finds(so_far, name)
        lowest = np.full(len(need_ids), np.inf)
        np.minimum.at(lowest, need[mine], so_far[f"channel_{name}"].to_numpy()[mine])
        full = np.bincount(need[mine], minlength=len(need_ids)) >= named(name, count)
        floors[number, full] = lowest[full]
    return floors


def _finds(pairs: pd.DataFrame, name: str) -> np.ndarray:
    """Whether the channel named each pair."""
    codes, sets = pairs["channels"].factorize()
    has = np.asarray([name in str(one).split(" ") for one in sets] + [False], dtype=bool)
    return np.asarray(has[codes])


def _ranks(ids: pd.Series) -> np.ndarray:
    """The place of each id among the different ones, in order."""
    codes, different = ids.factorize()
    place = np.empty(len(different), dtype=np.int64)
    place[np.argsort(np.asarray(different, dtype=str), kind="stable")] = np.arange(len(different))
    return np.asarray(place[codes])
