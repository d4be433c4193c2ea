"""`explain` as a user meets it: text, data, another actor, another language."""

from __future__ import annotations

import json

import pytest
from tests.shell.conftest import NEEDS, SUPPLIERS

from integrator import config, pipeline

INPUTS = ("--suppliers", "suppliers.csv", "--needs", "needs.csv")


@pytest.fixture(scope="module")
def actors(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The suppliers matched to X001, in the order of the table."""
    folder = tmp_path_factory.mktemp("job")
    (folder / "suppliers.csv").write_text(SUPPLIERS, encoding="utf-8")
    (folder / "needs.csv").write_text(NEEDS, encoding="utf-8")
    inputs = {"suppliers": ("suppliers.csv",), "needs": ("needs.csv",)}
    found = pipeline.run(config.Config(base=folder).with_changes({"inputs": inputs})).tables["contributions"]
    return list(dict.fromkeys(found.loc[found["need_id"] == "X001", "supplier_id"]))


def test_data_adds_up_to_the_score(cli, actors):
    first, second = actors[:2]
    done = cli("explain", "X001", first, "--against", second, "--json", "--lang", "en", *INPUTS)
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert data["language"] == "en"
    assert sum(one["points"] for one in data["contributions"]) == pytest.approx(data["score"], abs=1e-6)
    assert sum(one["points"] for one in data["against"]["parts"]) == pytest.approx(data["against"]["difference"])
    assert all(one["rank"] < data["rank"] for one in data["counterfactuals"])


@pytest.mark.parametrize(("lang", "word"), [("fr", "Ce qui le ferait monter"), ("en", "What would move it up")])
def test_languages(cli, actors, lang, word):
    first = actors[0]
    done = cli("explain", "X001", first, "--lang", lang, *INPUTS)
    assert (done.returncode, word in done.stdout) == (0, True), done.stderr


def test_an_actor_of_no_match_is_one_sentence(cli, actors):
    first = actors[0]
    for other in (first, "S999"):
        done = cli("explain", "X001", first, "--against", other, *INPUTS)
        assert (done.returncode, done.stdout) == (2, "")
        assert other in done.stderr
        assert "Traceback" not in done.stderr


def test_a_value_is_traced_without_a_supplier(cli, job):
    done = cli("explain", "--value", "X001", "--figure", "gross_import_replaced", "--json", *INPUTS)
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout)["rows"]
    exact = {"low": 300000.0, "point": 300000.0, "high": 300000.0, "is_out_of_reach": False}
    assert row["numbers"][0]["value"] == exact
    assert [one["name"] for one in row["inputs"]] == ["volume", "unit_price"]
    assert all(one["cell"].startswith("needs.csv") for one in row["inputs"])
    text = cli("explain", "--value", "X002", "--lang", "en", *INPUTS).stdout
    assert "where each number comes from" in text
    assert "missing : yearly volume (volume); " in text
    assert " (unit_price)" in text


@pytest.mark.parametrize(
    "asked",
    [
        (), ("X001",), ("X001", "S1", "--value", "X001"), ("X001", "--value", "X001"), ("--figure", "jobs"),
        ("X001", "S1", "--figure", "jobs"), ("--value", "X001", "--against", "S1"),
    ],
)  # fmt: skip
def test_what_is_neither_a_pair_nor_a_value_is_one_sentence(cli, asked):
    done = cli("explain", *asked, *INPUTS)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("explain: write either NEED SUPPLIER")
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(("need", "near"), [("X01", "X001"), ("x002", "X002"), ("portfoli", "")])
def test_an_id_that_is_no_need_is_one_sentence_with_the_nearest(cli, need, near):
    done = cli("explain", "--value", need, *INPUTS)
    assert (done.returncode, done.stdout) == (2, "")
    assert near in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_portfolio_is_traced(cli):
    done = cli("explain", "--value", "portfolio", "--figure", "gross_import_replaced", *INPUTS)
    assert done.returncode == 0, done.stderr
    assert "[1] X001, support embouti = 300" in done.stdout
