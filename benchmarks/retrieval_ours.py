"""Made-up data: our retrieval for benchmarks/retrieval.py, with three lexicons.

All of it is timed, from the raw text: splitting the sheets into lines, folding, the loading of the lexicon, linking,
indexing, answering.
"""

from __future__ import annotations

import random
import runpy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from retrieval_process import TOP, Work

from integrator import data
from integrator.retrieval import cell_lines, line_index, score_block
from integrator.taxonomy import Concept, Label, Taxonomy, load

MISSING, SEED = 0.1, 10
"""Share of the generator's own words that the upper bound does not know, and the seed of their choice."""


def none(work: Work) -> Any:
    """A lexicon without a single label; small words are left out as ever."""
    return _answers(work, lambda: Taxonomy(concepts={}, labels=(), links={}, fillers=_fillers()))


def shipped(work: Work) -> Any:
    """The lexicon as it is shipped: the honest figure."""
    return _answers(work, load)


def kept(work: Work) -> Any:
    """The lexicon as shipped, the index kept by an earlier run."""
    with TemporaryDirectory() as folder:
        _answers(Work(work.suppliers, work.needs[:1]), load, Path(folder))
        return _answers(work, load, Path(folder))


def upper_bound(work: Work) -> Any:
    """The words of the generator itself, a random tenth of them missing: no lexicon could be made so."""
    return _answers(work, lambda: _generator_lexicon(work.generator))


def _answers(work: Work, lexicon: Any, cache: Path | None = None) -> Any:
    def build() -> Any:
        taxonomy = lexicon()
        lines, owners = [], []
        for supplier, found in enumerate(cell_lines(work.suppliers)):
            lines += found
            owners += [supplier] * len(found)
        ids = [f"S{number:07}" for number in range(len(work.suppliers))]
        return line_index(lines, owners, ids, taxonomy, cache), taxonomy

    def query() -> Any:
        rows, suppliers, _ = score_block(index, index.queries(work.needs, taxonomy), TOP)
        return rows, suppliers

    index, taxonomy = work.timed("build", build)
    return work.timed("query", query)


def _generator_lexicon(generator: str) -> Taxonomy:
    words = runpy.run_path(generator)
    forms = [
        (f"{kind}-{name}", ("fr", "en")[language], text)
        for kind, table in (("P", words["PROC"]), ("M", words["MAT"]))
        for name, languages in table.items()
        for language, texts in enumerate(languages)
        for text in texts
    ]
    forms += [
        (f"{kind}-{number}", ("fr", "en")[language], text)
        for kind, table in (("H", words["HEAD"]), ("S", words["MOD"]))
        for number, pair in enumerate(table)
        for language, text in enumerate(pair)
    ]
    draw = random.Random(SEED)
    known = [form for form in forms if draw.random() >= MISSING]
    concepts = {name: Concept(name, "component", "", "draft") for name, _, _ in forms}
    labels = tuple(Label(name, language, "alt", text, "generator") for name, language, text in known)
    return Taxonomy(concepts=concepts, labels=labels, links={}, fillers=_fillers())


def _fillers() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in data.rows("taxonomy/fillers.csv")}
