"""Every command has its call (`commands.csv`), the calls do what the commands do, and docs/api.md names them."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
import typer
from typer.testing import CliRunner

import integrator
from integrator import tables
from integrator.cli import app

EXAMPLES = Path(__file__).parents[2] / "examples"
PAGE = Path(__file__).parents[2] / "docs" / "api.md"
with (Path(__file__).parent / "commands.csv").open(encoding="utf-8") as stream:
    CASES = list(csv.DictReader(stream))


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The made-up job in a folder of its own, with a store of its own; one supplier stands in it twice."""
    for name in ("suppliers.csv", "needs.csv"):
        shutil.copy(EXAMPLES / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    path = Path("integrator.toml")
    path.write_text('[inputs]\nsuppliers = ["suppliers.csv"]\nneeds = ["needs.csv"]\n', encoding="utf-8")
    return path


def _command(*arguments: str) -> str:
    answer = CliRunner().invoke(app, [*arguments], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.stdout.rstrip("\n")


def _said(thing: object, **names: str) -> str:
    text = str(thing)
    for old, new in names.items():
        text = text.replace(old, new)
    return text


def test_every_command_has_its_call() -> None:
    group = typer.main.get_command(app)
    found = set()
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        found |= {f"{name} {below}" for below in getattr(command, "commands", {})} or {name}
    assert {re.sub(r" (--.*|\(.*)", "", case["command"]).replace("status import", "status") for case in CASES} == found
    for case in CASES:
        first, _, second = case["api"].partition(".")
        assert first in integrator.__all__
        assert not second or callable(getattr(integrator.Run, second))
        assert case["api"].rpartition(".")[2] in PAGE.read_text(encoding="utf-8"), case


def test_a_review_goes_out_and_comes_back(job: Path) -> None:
    run = integrator.run(job)
    out = run.export_review("a.xlsx", limit=4, reviewer="A. B.")
    assert _said(out, a="a") == _said(
        _command("review", "export", "b.xlsx", "--limit", "4", "--reviewer", "A. B."), **{"b.xlsx": "a.xlsx"}
    )
    assert len(out.pairs) == 4
    with pytest.raises(integrator.OutputError, match=r"a\.xlsx: exists already"):
        run.export_review("a.xlsx")
    with pytest.raises(integrator.UsageError, match="--by luck: choose among head"):
        run.export_review("c.xlsx", by="luck")
    with pytest.raises(integrator.UsageError, match="limit: 0"):
        run.export_review("c.xlsx", limit=0)
    book = pd.read_excel("a.xlsx", header=2, dtype=str, engine="calamine").head(1)
    grade = book.columns[-5]
    book.assign(**{grade: "3"}).to_csv("answered.csv", index=False)
    back = integrator.import_review("answered.csv", job, reviewer="A. B.")
    assert (back.read, back.added, back.problems, back.taken, back.unnamed) == (1, 1, (), True, 0)
    assert str(back) == "1 decisions read, 1 new, 0 rows set aside"
    status = integrator.review_status(job)
    assert str(status) == _command("review", "status")
    assert status.decisions == 1
    assert status.as_dict()["decisions"] == 1
    book.assign(**{grade: "9"}).to_csv("answered.csv", index=False)
    wrong = integrator.import_review("answered.csv", job, strict=True)
    assert (wrong.taken, wrong.added) == (False, 0)
    assert str(wrong) == "nothing taken: 1 rows are set aside"


def test_terms_go_out_and_come_back(job: Path) -> None:
    text = (
        Path("needs.csv")
        .read_text(encoding="utf-8")
        .replace("agrafe plastique", "zorglub")
        .replace("plastic clip", "zorglub")
    )
    Path("needs.csv").write_text(text, encoding="utf-8")
    run = integrator.run(job)
    unknown = run.unknown_terms()
    assert list(unknown) == tables.UNKNOWN_TERMS.names
    assert "zorglub" in set(unknown["term"])
    assert len(run.unknown_terms(limit=1)) == 1
    assert run.unknown_terms_text() == _command("terms", "unknown")
    out = run.export_terms("t.xlsx", lang="en")
    assert str(out) == f"t.xlsx: {len(unknown)} of {len(unknown)} terms written"
    _command("terms", "unknown", "--out", "u.xlsx", "--lang", "en")
    assert Path("t.xlsx").read_bytes() == Path("u.xlsx").read_bytes()
    with pytest.raises(integrator.OutputError):
        run.export_terms("t.xlsx")
    back = integrator.import_terms("t.xlsx", job, by="A. B.")
    assert (back.added, back.blank) == (0, len(unknown))
    assert str(back) == _command("terms", "import", "t.xlsx")
    assert integrator.check_terms(job) == _command("terms", "check")


def test_identities_are_proposed_and_decided(job: Path) -> None:
    line = "Plastiques de la Chaouia (démo) SARL;Casablanca;;pièces plastiques;injection plastique;;;;;;\n"
    text = Path("suppliers.csv").read_text(encoding="utf-8").rstrip("\n")
    Path("suppliers.csv").write_text(f"{text}\n{line}", encoding="utf-8")
    found = integrator.proposed_identities(job)
    assert str(found) == _command("identities", "list")
    assert list(found.pairs) == tables.DUPLICATES.names
    first, second = integrator.run(job).suppliers["supplier_id"][:2]
    decided = integrator.decide_identity(first, second, "different", by="A. B.", job=job)
    assert decided.verdict == "different"
    assert integrator.proposed_identities(job).decided == 1
    for wrong in ((first, first, "same"), (first, "X", "same"), (first, second, "perhaps")):
        with pytest.raises(integrator.UsageError):
            integrator.decide_identity(*wrong, by="A. B.", job=job)  # type: ignore[arg-type]


def test_where_a_project_stands_is_said_and_listed(job: Path) -> None:
    assert str(integrator.statuses(job)) == _command("status", "--list")
    said = integrator.set_status("FP-D001", "scouted", owner="C. D.", by="A. B.")
    assert str(said) == _command("status", "FP-D001")
    assert list(said.frame["status"]) == ["scouted"]
    assert str(integrator.statuses(job)) == _command("status", "--list")
    assert len(integrator.statuses(job, sheet_id="FP-D002").said) == 0
    pd.DataFrame([["FP-D002", "scouted"]], columns=["sheet_id", "status"]).to_csv("list.csv", index=False)
    assert integrator.import_statuses("list.csv", job) == 1
    with pytest.raises(integrator.UsageError, match="no sheet of this job"):
        integrator.set_status("FP-X", "scouted", job)


def test_packs_and_an_agenda_are_written(job: Path) -> None:
    run = integrator.run(job)
    count = run.packs("packs", by="region")
    assert _command("packs", "again", "--by", "region") == f"{count} packs in again, level members"
    assert {one.name: one.read_bytes() for one in Path("packs").iterdir()} == {
        one.name: one.read_bytes() for one in Path("again").iterdir()
    }
    agenda = run.agenda("a.xlsx", slots=3, start="09:00", breaks=["1:10"])
    printed = _command("meetings", "b.xlsx", "--slots", "3", "--start", "09:00", "--break", "1:10")
    assert str(agenda) == printed.replace("b.xlsx", "a.xlsx")
    assert Path("a.xlsx").read_bytes() == Path("b.xlsx").read_bytes()
    assert {"slot", "buyer", "supplier", "table"} <= set(agenda.meetings)
    with pytest.raises(integrator.UsageError, match="an agenda names buyers"):
        run.agenda("c.xlsx", level="public")
    with pytest.raises(integrator.UsageError, match="slots: 0 is less than 1"):
        run.agenda("c.xlsx", slots=0)


def test_a_job_file_is_written_and_the_installation_described(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert integrator.init() == Path("integrator.toml")
    with pytest.raises(integrator.OutputError, match="exists already"):
        integrator.init()
    assert _steady(str(integrator.doctor())) == _steady(_command("doctor"))


def _steady(said: str) -> list[str]:
    """Lines without free memory and space, which other programs change."""
    return [re.sub(r"\d[\d.,]*", "N", line) for line in said.splitlines()]
