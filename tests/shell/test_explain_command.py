"""`explain` as a user meets it: text, data, another actor, another language."""

from __future__ import annotations

import json

import pytest

INPUTS = ("--suppliers", "suppliers.csv", "--needs", "needs.csv")


def suppliers_of(cli, job, need: str) -> list[str]:
    assert cli("run", *INPUTS, "--out", "made", "--force").returncode == 0
    lines = (job / "made" / "tables" / "contributions.csv").read_text(encoding="utf-8").splitlines()
    return [line.split(",")[1] for line in lines if line.startswith(f"{need},")]


def test_data_adds_up_to_the_score(cli, job):
    first, second = suppliers_of(cli, job, "X001")[:2]
    done = cli("explain", "X001", first, "--against", second, "--json", "--lang", "en", *INPUTS)
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert data["language"] == "en"
    assert sum(one["points"] for one in data["contributions"]) == pytest.approx(data["score"], abs=1e-6)
    assert sum(one["points"] for one in data["against"]["parts"]) == pytest.approx(data["against"]["difference"])
    assert all(one["rank"] < data["rank"] for one in data["counterfactuals"])


@pytest.mark.parametrize(("lang", "word"), [("fr", "Ce qui le ferait monter"), ("en", "What would move it up")])
def test_languages(cli, job, lang, word):
    first = suppliers_of(cli, job, "X001")[0]
    done = cli("explain", "X001", first, "--lang", lang, *INPUTS)
    assert (done.returncode, word in done.stdout) == (0, True), done.stderr


def test_an_actor_of_no_match_is_one_sentence(cli, job):
    first = suppliers_of(cli, job, "X001")[0]
    for other in (first, "S999"):
        done = cli("explain", "X001", first, "--against", other, *INPUTS)
        assert (done.returncode, done.stdout) == (2, "")
        assert other in done.stderr
        assert "Traceback" not in done.stderr
