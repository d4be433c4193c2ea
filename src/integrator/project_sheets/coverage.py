"""How much of the inputs was understood, and how many able actors were reached, as sheets."""

from __future__ import annotations

import math

import pandas as pd

from integrator.project_sheets import theme
from integrator.project_sheets.lists import write_list
from integrator.taxonomy.steps import steps
from integrator.wording import Wording
from integrator.workbooks.writing import WorkbookWriter

_BESIDE = ("no_component", "no_process")
_ALL = "all"


def write_coverage(book: WorkbookWriter, coverage: pd.DataFrame, words: Wording) -> None:
    """One row a side, field and language: its lines, the share with a concept, and by step; sums first."""
    keys, shown = ["side", "field", "language"], (*steps(), "none")
    shares = {
        (*key, step): round(share, 4)
        for *key, step, share in coverage[[*keys, "step", "share"]].itertuples(index=False)
    }
    partition = coverage[~coverage["step"].isin(_BESIDE)]
    lines = partition.groupby(keys)["lines"].sum()
    order = sorted(lines.index, key=lambda key: (key[0], key[1] != _ALL, key[1], key[2] != _ALL, key[2]))
    rows = [
        (
            words(f"kind.{side}"),
            words("quality.all") if field == _ALL else field,
            words(f"language.{language}"),
            int(lines[side, field, language]),
            round(1.0 - shares.get((side, field, language, "none"), 0.0), 4),
            *(shares.get((side, field, language, step), 0.0) for step in shown),
            *(_beside(shares.get((side, field, language, step)), coverage, side, field) for step in _BESIDE),
        )
        for side, field, language in order
    ]
    heads = {"side": 14, "field": 18, "language": 12, "lines": 9, "linked": 13}
    heads |= dict.fromkeys(("step_" + step for step in (*shown, *_BESIDE)), 11)
    percent = {**theme.ROW, "num_format": words.percent_format}
    looks = dict.fromkeys(range(4, len(heads)), percent)
    named = {words(f"quality.col.{name}"): width for name, width in heads.items()}
    write_list(book, words("quality.coverage"), named, rows, words, looks)


def _beside(share: float | None, coverage: pd.DataFrame, side: str, field: str) -> float | None:
    """A share of lines that lack a part or process: 0 where the field is looked at and none does, else blank."""
    if share is not None:
        return share
    of_field = coverage[(coverage["side"] == side) & (coverage["field"] == field)]
    return 0.0 if of_field["step"].isin(_BESIDE).any() else None


def write_recall(book: WorkbookWriter, recall: pd.DataFrame, words: Wording) -> None:
    """One row a language of the judged needs, all of them first."""
    columns = ["language", "needs", "pairs", "found", "recall"]
    rows = sorted(recall[columns].itertuples(index=False, name=None), key=lambda row: (row[0] != _ALL, row[0]))
    shown = [
        (words(f"language.{language}"), needs, pairs, found, None if math.isnan(share) else round(share, 4))
        for language, needs, pairs, found, share in rows
    ]
    widths = {"language": 14, "needs_judged": 14, "able_pairs": 24, "found": 24, "recall": 12}
    heads = {words(f"quality.col.{name}"): width for name, width in widths.items()}
    looks = {4: {**theme.ROW, "num_format": words.percent_format}}
    write_list(book, words("quality.recall"), heads, shown, words, looks)
