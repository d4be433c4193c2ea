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
