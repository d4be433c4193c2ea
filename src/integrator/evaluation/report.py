"""The report of an evaluation: means over needs, and the case of every need."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from integrator import intake, metrics, normalization, pipeline, ranking, retrieval
from integrator.config import Config
from integrator.errors import UsageError
from integrator.evaluation.held_out import held_out_rankings, knows
from integrator.evaluation.names import read_names, renamed
from integrator.evaluation.queries import masked
from integrator.metrics import NeedScore


@dataclass(frozen=True)
class Recall:
    """Candidate recall over some needs."""

    needs: int
    pairs: int
    """Judged pairs of grade 3 or 4."""
    found: int
    """Those among the ranked actors of their need."""

    @property
    def share(self) -> float:
        """Share found of the pairs; NaN without pairs."""
        return self.found / self.pairs if self.pairs else math.nan


@dataclass(frozen=True)
class Report:
    """Quality of one ranking against judgements."""

    query: str
    ranker: str
    needs: tuple[NeedScore, ...]
    pairs: int
    """Judged pairs that count; unsure ones and those of unknown needs or suppliers are left out."""
    left_out: int
    returned: int
    """Judged pairs that the run returned."""
    cross_fitted: bool
    """Whether the judged needs were ranked by rankers that had not seen them, since this one learned from them."""
    recall: Mapping[str, Recall]
    """Candidate recall by language of the need's name; `all` = over all of them."""

    @property
    def ndcg(self) -> float:
        """Mean NDCG@10 over judged needs with a positive ideal."""
        return metrics.mean_ndcg(self.needs)

    @property
    def first_fit(self) -> float:
        """Share of the needs with a grade >= 3 actor whose first judged actor has one."""
        return metrics.first_fit(self.needs)

    def as_dict(self) -> dict[str, Any]:
        """The report as plain data; a measure that is not defined is None."""
        return {
            "query": self.query,
            "ranker": self.ranker,
            "cross_fitted": self.cross_fitted,
            "ndcg_at_10": _known(self.ndcg),
            "first_fit": _known(self.first_fit),
            "needs_judged": len(self.needs),
            "needs_with_positive_ideal": sum(not math.isnan(need.ndcg) for need in self.needs),
            "needs_with_able_actor": sum(need.best_possible >= metrics.GOOD for need in self.needs),
            "pairs_judged": self.pairs,
            "pairs_left_out": self.left_out,
            "pairs_returned": self.returned,
            "candidate_recall": {
                name: {**dataclasses.asdict(one), "share": _known(one.share)} for name, one in self.recall.items()
            },
            "needs": [{**dataclasses.asdict(need), "ndcg": _known(need.ndcg)} for need in self.needs],
        }

    def summary(self) -> str:
        """Five lines for a terminal."""
        facts = self.as_dict()
        whole = self.recall.get("all", Recall(0, 0, 0))
        how = ", fitted anew without the needs it is measured on" if self.cross_fitted else ""
        return (
            f"query {self.query}, ranker {self.ranker}{how}\n"
            f"NDCG@10    {self.ndcg:.3f}  over {facts['needs_with_positive_ideal']} needs\n"
            f"first fit  {self.first_fit:.3f}  over {facts['needs_with_able_actor']} needs with an able actor\n"
            f"recall     {whole.share:.3f}  "
            f"{whole.found} of {whole.pairs} pairs graded 3 or 4 are among the ranked actors\n"
            f"pairs      {self.pairs} judged, {self.returned} of them returned, {self.left_out} left out"
        )


def evaluate(
    config: Config, query: str = "all", inputs: intake.Inputs | None = None, names: Path | None = None
) -> Report:
    """Run the job with the needs reduced to `query` and score it on the judgements of the job.

    A ranker that learned from these judgements is fitted anew without the needs it is measured on, in five folds.
    `names` is a file of other names that stand for the needs instead. Raises `UsageError` when the job names no
    judgement or a need has no other name.
    """
    read = inputs or intake.read(config)
    other = read_names(names) if names else None
    query = names.stem if names else query
    needs = tuple(masked(r, query) if other is None else renamed(r, other) for r in read.records["need"])
    run = pipeline.match(config, dataclasses.replace(read, records={**read.records, "need": needs}))
    if not run.judgements:
        raise UsageError("no judgements to evaluate on: name them with --judgements or in the job.")
    known = (set(run.tables["needs"]["need_id"]), set(run.tables["suppliers"]["supplier_id"]))
    graded, left_out = normalization.latest_grades(run.judgements, *known)
    rankings = {
        str(need_id): list(rows.sort_values("rank")["supplier_id"])
        for need_id, rows in run.tables["matches"].groupby("need_id")
    }
    is_known = knows(run, graded)
    if is_known:
        is_plain = query == "all" and other is None
        rankings |= held_out_rankings(
            run, run if is_plain else pipeline.match(config, read, scorer=ranking.Scorecard())
        )
    returned = sum(supplier in set(rankings.get(need, ())) for need, row in graded.items() for supplier in row)
    pairs = sum(len(row) for row in graded.values())
    scores = tuple(metrics.score_needs(rankings, graded))
    return Report(
        query, run.scorer.name, scores, pairs, sum(left_out.values()), returned, is_known,
        _recall(run, rankings, graded),
    )  # fmt: skip


def _recall(
    run: pipeline.Run, rankings: Mapping[str, Sequence[str]], graded: Mapping[str, Mapping[str, int]]
) -> dict[str, Recall]:
    pairs = [(need, supplier) for need, ranked in rankings.items() for supplier in ranked]
    ranked = pd.DataFrame(pairs, columns=["need_id", "supplier_id"])
    columns = ["language", "needs", "pairs", "found"]
    rows = retrieval.recall_table(ranked, graded, run.need_languages)[columns].itertuples(index=False, name=None)
    return {str(language): Recall(int(needs), int(pairs), int(found)) for language, needs, pairs, found in rows}


def _known(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)
