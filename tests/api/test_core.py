"""The public functions on the made-up job of examples/: what they give, and that it is what the commands write."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import integrator
from integrator import tables
from integrator.cli import app

JOB = Path(__file__).parents[2] / "examples" / "job.toml"
FIRST = "D001"


@pytest.fixture(scope="module")
def run() -> integrator.Run:
    return integrator.run(JOB, lang="en", no_cache=True)


def _said(*arguments: str) -> str:
    answer = CliRunner().invoke(app, [*arguments], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.stdout.rstrip("\n")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_importing_loads_nothing_heavy() -> None:
    code = (
        "import sys, integrator; assert integrator.__version__; dir(integrator);"
        " assert not {'pandas', 'numpy', 'pydantic', 'sklearn'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_public_name_is_there_and_listed() -> None:
    for name in integrator.__all__:
        assert getattr(integrator, name) is not None
        assert name in dir(integrator)
    with pytest.raises(AttributeError, match="no attribute 'runn'"):
        _ = integrator.runn  # type: ignore[attr-defined]


def test_a_written_run_is_what_the_command_writes(run: integrator.Run, tmp_path: Path) -> None:
    printed = _said("run", str(JOB), "--lang", "en", "--no-cache", "--out", str(tmp_path / "by_command"))
    assert run.write(tmp_path / "by_call") == tmp_path / "by_call"
    assert _bytes(tmp_path / "by_call") == _bytes(tmp_path / "by_command")
    assert run.summary().replace("by_call", "by_command") == printed


def test_every_table_is_an_attribute(run: integrator.Run) -> None:
    assert set(run.tables) == set(tables.ALL)
    for name in set(tables.ALL) - {"unknown_terms"}:
        pd.testing.assert_frame_equal(getattr(run, name), run.tables[name])
        assert getattr(integrator.Run, name).__doc__
        assert run.tables.rows(name) == len(run.tables[name])
    with pytest.raises(KeyError, match="'macthes' is no table of a run"):
        _ = run.tables["macthes"]


def test_a_frame_belongs_to_the_reader(run: integrator.Run) -> None:
    mine = run.matches
    mine["grade"] = 0
    mine.iloc[0, 0] = "changed"
    assert "changed" not in set(run.matches["need_id"])
    assert run.matches["grade"].max() > 0
    with pytest.raises(AttributeError, match="matches is what the run found"):
        run.matches = mine  # type: ignore[assignment]


def test_actors_are_the_matches_of_a_need_in_words(run: integrator.Run) -> None:
    actors = run.actors(FIRST)
    columns = ["rank", "supplier_id", "name", "city", "grade", "score", "probability", "met", "failed", "unknown"]
    assert list(actors) == columns
    matches = run.matches[run.matches["need_id"] == FIRST]
    assert list(actors["supplier_id"]) == list(matches.sort_values("rank")["supplier_id"])
    assert list(actors["met"]) == list(matches.sort_values("rank")["reasons"])
    assert len(run.actors(FIRST, top=1)) == 1
    with pytest.raises(integrator.UsageError, match="no need has the id 'D9'"):
        run.actors("D9")
    with pytest.raises(integrator.UsageError, match="top: 0 is less than 1"):
        run.actors(FIRST, top=0)


def test_explanations_print_what_the_command_prints(run: integrator.Run) -> None:
    first, second = run.actors(FIRST)["supplier_id"][:2]
    why = run.explain(FIRST, first, against=second)
    asked = ("explain", FIRST, first, "--against", second, "--job", str(JOB), "--lang", "en", "--no-cache")
    assert str(why) == _said(*asked)
    assert json.loads(json.dumps(why.as_dict())) == json.loads(_said(*asked, "--json"))
    assert why.rank == 1
    assert repr(why) == f"<integrator.Explanation: {first} for D001, rank 1, grade {why.grade}>"
    value = run.explain_value(FIRST, "gross_import_replaced")
    asked = (
        "explain",
        "--value",
        FIRST,
        "--figure",
        "gross_import_replaced",
        "--job",
        str(JOB),
        "--lang",
        "en",
        "--no-cache",
    )
    assert str(value) == _said(*asked)
    assert json.loads(json.dumps(value.as_dict())) == json.loads(_said(*asked, "--json"))


def test_what_a_notebook_shows_is_escaped_and_small(tmp_path: Path) -> None:
    text = JOB.with_name("suppliers.csv").read_text(encoding="utf-8")
    (tmp_path / "s.csv").write_text(text.replace("Emboutis du Détroit", "<script>x</script> & Fils"), encoding="utf-8")
    run = integrator.run(JOB, suppliers=tmp_path / "s.csv", lang="ar", no_cache=True)
    why = run.explain(FIRST, run.actors(FIRST)["supplier_id"][0])
    shown = [one._repr_html_() for one in (run, why, run.explain_value(FIRST), integrator.check(JOB, no_cache=True))]
    assert "&lt;script&gt;" in shown[1]
    assert 'dir="rtl"' in shown[1]
    for html in shown:
        assert "<script" not in html
        assert len(html) < 60_000


def test_check_says_what_the_command_says() -> None:
    checked = integrator.check(JOB, no_cache=True)
    assert str(checked) == _said("check", str(JOB), "--no-cache")
    assert checked.as_dict() == json.loads(_said("check", str(JOB), "--no-cache", "--json"))
    assert list(checked.problems) == tables.PROBLEMS.names
    with pytest.raises(integrator.UsageError, match="no sheet that is read has a heading 'Nope'"):
        integrator.check(JOB, mapping={"Nope": "name"}, no_cache=True)
    with pytest.raises(integrator.UsageError, match="save_mapping: say what to keep"):
        integrator.check(JOB, save_mapping=True)


def test_evaluate_and_train(judged_job: Path, quick_training: None, tmp_path: Path) -> None:
    job = judged_job / "integrator.toml"
    report = integrator.evaluate(job)
    assert str(report) == _said("evaluate", str(job))
    assert report.as_dict() == json.loads(_said("evaluate", str(job), "--json"))
    ranker = integrator.train(job)
    asked = ("train", str(tmp_path / "by_command.json"), "--job", str(job))
    assert _said(*asked).endswith(str(ranker))
    path = ranker.save(tmp_path / "by_call.json")
    assert path.read_bytes() == (tmp_path / "by_command.json").read_bytes()
    with pytest.raises(integrator.OutputError, match="exists already"):
        ranker.save(path)
    assert integrator.run(job, ranker=path).as_dict()["ranker"]["name"] == "trained"


def test_inputs_may_be_one_or_several_paths_or_none() -> None:
    folder = JOB.parent
    one = integrator.run(
        suppliers=str(folder / "suppliers.csv"), needs=folder / "needs.csv", judgements=[], no_cache=True
    )
    several = integrator.run(
        integrator.Config(), suppliers=[folder / "suppliers.csv"], needs=(folder / "needs.csv",), judgements=[],
        no_cache=True,
    )  # fmt: skip
    pd.testing.assert_frame_equal(one.matches, several.matches)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"suppliers": 5}, "suppliers: a path or a list of paths is expected, not int."),
        ({"needs": [None]}, "needs: a path or a list of paths is expected, not NoneType."),
        (
            {"suppliers": pd.DataFrame()},
            "suppliers: a path or a list of paths is expected, not DataFrame; write a table",
        ),
        ({"top": "10"}, "top: a whole number is expected, not str."),
        ({"top": True}, "top: a whole number is expected, not bool."),
        ({"semantic": "no"}, "semantic: True or False is expected, not str."),
        ({"lang": "de"}, "arguments: output.lang: "),
        ({"top": 0}, "arguments: output.top: "),
        ({"job": 5}, "job: a path is expected, not int."),
        ({"job": "nowhere.toml"}, "nowhere.toml: no such job file"),
    ],
)
def test_a_wrong_argument_is_one_sentence(said: dict[str, object], sentence: str) -> None:
    with pytest.raises(integrator.UsageError) as caught:
        integrator.run(**{"job": JOB, **said})  # type: ignore[arg-type]
    assert str(caught.value).startswith(sentence)
    assert "\n" not in str(caught.value)


def test_an_unknown_argument_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="candidate"):
        integrator.run(JOB, candidate=5)  # type: ignore[call-arg]
