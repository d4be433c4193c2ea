"""The benchmarks of terms and titles still run and count what they say; small made-up data."""

from __future__ import annotations

import csv
import dataclasses
import importlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from integrator.taxonomy import Concept, Label, load

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
TITLES = {
    "queries.tsv": "Q1\tBoulangère\nQ2\tsoudeur\n",
    "corpus_elements.tsv": "E1\tbaker\nE2\tbread maker\nE3\twelder\nE4\tshepherd\n",
    "concept_mapping.tsv": "E1\tbakery\nE2\tbakery\nE3\twelding\nE4\tsheep\n",
    "annotations.tsv": "Q1\t0\tE1\t1\nQ1\t0\tE2\t1\nQ2\t0\tE3\t1\n",
}


def test_titles_are_counted_by_concept(tmp_path):
    for name, content in TITLES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    command = [sys.executable, str(BENCHMARKS / "melo.py"), str(tmp_path), "--results", str(tmp_path / "r.csv")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    lines = [line for line in (tmp_path / "r.csv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = {row["method"]: row for row in csv.DictReader(lines)}
    assert rows["meaning"]["titles"] == "2"
    assert rows["meaning"]["recall_at_30"] == "1.000", "three concepts are fewer than thirty"


@pytest.fixture(scope="module")
def terms():
    sys.path.insert(0, str(BENCHMARKS))
    try:
        yield importlib.import_module("terms")
    finally:
        sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def lexicon():
    """Eight parts with two French names each, that differ by number or not at all in their words."""
    parts = ["capot", "volant", "pneu", "jante", "faisceau", "piston", "culasse", "bielle"]
    concepts = {f"C-{part}": Concept(f"C-{part}", "component", "", "draft") for part in parts}
    labels = [Label(f"C-{part}", "fr", "pref", part, "made up") for part in parts]
    labels += [Label(f"C-{part}", "fr", "alt", f"{part}s de rechange", "made up") for part in parts]
    return dataclasses.replace(load(), concepts=concepts, labels=tuple(labels), links={})


def test_the_label_asked_for_is_not_in_the_lexicon(terms, lexicon):
    asked = list(terms.ask(lexicon, "fr", "inflections", None))
    assert len(asked) == 8
    assert {one.fold for one in asked} == set(range(terms.FOLDS))
    for one in asked:
        poorer = terms.without(lexicon, [one.label], "inflections")
        assert one.label not in poorer.labels
        assert len(poorer.labels) == len(lexicon.labels) - 1
        assert one.right == {one.label.concept}
        assert one.letters[0][0] == one.label.concept, "the other name of the part is the nearest"
        assert one.step in ("", "part")


def test_thresholds_take_most_terms_at_the_precision_asked(terms):
    sure, unsure = [(0.92, 0.32, 1)] * 60, [(0.62, 0.02, 0)] * 40
    least, lead = terms.thresholds(np.asarray(sure + unsure))
    assert least <= 0.92
    assert least > 0.62 or lead > 0.02
    assert terms.thresholds(np.asarray(unsure)) is None


@pytest.mark.parametrize(("hits", "total", "bound"), [(10, 10, 0.7225), (0, 10, 0.0), (50, 100, 0.4038)])
def test_lower_bounds(terms, hits, total, bound):
    assert terms.wilson(hits, total) == pytest.approx(bound, abs=1e-4)
