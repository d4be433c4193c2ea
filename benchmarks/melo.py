"""Candidate recall of occupation titles in a taxonomy of occupations (MELO), with and without the extra `semantic`.

General text, not the trade of this project: it shows what the two ways of comparing texts are worth on words that
nobody wrote a lexicon for. A candidate is a concept, scored by its nearest name as a supplier is by its nearest line;
recall@30 is the share of the titles whose concept is among the first 30 (each title has one). `names` counts titles
with a right name among the first 30 names instead, which is stricter, as a concept has up to dozens of names.
The weight of the letters beside the meaning is chosen on the first folder, the tuning set, and used on the others.

Usage: python benchmarks/melo.py TUNING_FOLDER [FOLDER]... [--results benchmarks/results/melo.csv]
A folder holds the four TSV files of Avature/melo-benchmark (MIT), which is not part of this project.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from results_file import write_results

from integrator.meaning import Meaning, likeness
from integrator.text.fold import fold
from integrator.vectors import Analyzer, TextVectors, letter_groups

WEIGHTS = (0.0, 0.25, 0.5, 1.0, 2.0)
FIRST = 30
RESULTS = Path(__file__).parent / "results" / "melo.csv"


@dataclass(frozen=True)
class Task:
    """Titles to place and the names of the concepts they may belong to."""

    name: str
    titles: list[str]
    names: list[str]
    owners: np.ndarray
    """Position of the concept of each name."""
    answers: np.ndarray
    """Position of the concept of each title."""


def read(folder: Path) -> Task:
    """The four files of a MELO data set."""
    names = _tsv(folder / "corpus_elements.tsv")
    concept_of = {row[0]: row[1] for row in _tsv(folder / "concept_mapping.tsv")}
    position = {concept: i for i, concept in enumerate(sorted(set(concept_of.values())))}
    answers = {row[0]: position[concept_of[row[2]]] for row in _tsv(folder / "annotations.tsv") if row[3] == "1"}
    titles = [row for row in _tsv(folder / "queries.tsv") if row[0] in answers]
    owners = np.asarray([position[concept_of[row[0]]] for row in names])
    return Task(
        folder.name, [row[1] for row in titles], [row[1] for row in names], owners,
        np.asarray([answers[row[0]] for row in titles]),
    )  # fmt: skip


def _tsv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def by_writing(task: Task, analyzer: Analyzer) -> np.ndarray:
    """Titles x names: likeness by letters or by words, as the channels of the retrieval compare."""
    vectors = TextVectors([fold(name) for name in task.names], analyzer)
    return np.asarray((vectors.of([fold(title) for title in task.titles]) @ vectors.fitted.T).toarray())


def recall(task: Task, likenesses: np.ndarray) -> dict[str, float]:
    """Share of the titles whose concept is among the first 30 concepts, and among those of the first 30 names."""
    order = np.argsort(-likenesses, axis=1, kind="stable")
    found, by_name = 0, 0
    for row, answer in zip(order, task.answers, strict=True):
        owners = task.owners[row]
        by_name += answer in owners[:FIRST]
        found += answer in list(dict.fromkeys(owners.tolist()))[:FIRST]
    return {"recall_at_30": found / len(order), "names": by_name / len(order)}


def mixed(letters: np.ndarray, meant: np.ndarray, weight: float) -> np.ndarray:
    """The likeness by meaning plus `weight` times the likeness by letters."""
    return meant + weight * letters


def measure(folders: list[Path], meaning: Meaning) -> list[dict[str, object]]:
    """One row a method and data set; the weight is the best of the first data set, the smallest of equals."""
    rows: list[dict[str, object]] = []
    weight = None
    for folder in folders:
        task = read(folder)
        letters, in_words = by_writing(task, letter_groups), by_writing(task, str.split)
        meant = likeness(meaning.of(task.titles), meaning.of(task.names))
        if weight is None:
            tried = {one: recall(task, mixed(letters, meant, one)) for one in WEIGHTS}
            weight = max(WEIGHTS, key=lambda one: (round(sum(tried[one].values()), 6), -one))
            rows += [_row(task, f"tuning: meaning + {one} x letters", found) for one, found in tried.items()]
        rows += [
            _row(task, "letters", recall(task, letters)),
            _row(task, "words", recall(task, in_words)),
            _row(task, "letters + words", recall(task, letters + in_words)),
            _row(task, "meaning", recall(task, meant)),
            _row(task, f"meaning + {weight} x letters", recall(task, mixed(letters, meant, weight))),
        ]
    return rows


def _row(task: Task, method: str, found: Mapping[str, float]) -> dict[str, object]:
    counts = {"data": task.name, "titles": len(task.titles), "names_in_all": len(task.names), "method": method}
    return {**counts, **{name: f"{value:.3f}" for name, value in found.items()}}


def main() -> None:
    """Measure, print and write the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--results", type=Path, default=RESULTS)
    options.add_argument("--cache", type=Path, help="folder for vectors kept between runs")
    asked = options.parse_args()
    meaning = Meaning(asked.cache)
    rows = measure(asked.folders, meaning)
    meaning.save()
    for row in rows:
        print("  ".join(f"{value!s:>14}" for value in row.values()))
    about = [f"With {meaning.version}.", "Weight chosen on the first data set (highest sum of both columns)."]
    write_results(asked.results, rows, about)


if __name__ == "__main__":
    main()
