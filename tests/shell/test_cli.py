"""Commands, exit codes and sentences, as a user meets them."""

from __future__ import annotations

import csv
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

INPUTS = ("--suppliers", "suppliers.csv", "--needs", "needs.csv")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_run_writes_the_whole_folder(process, job):
    done = process("run", *INPUTS, "--out", "made")
    assert done.returncode == 0, done.stderr
    assert "suppliers.csv: 3 rows = 3 used + 0 set aside" in done.stdout
    assert {p.name for p in (job / "made").iterdir()} == {
        "project_sheets.xlsx", "report.html", "review.xlsx", "quality.xlsx", "manifest.json", "tables",
    }  # fmt: skip
    manifest = json.loads((job / "made" / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["inputs"]) == {"suppliers.csv", "needs.csv"}
    assert str(job) not in json.dumps(manifest)
    matches = rows(job / "made" / "tables" / "matches.csv")
    assert {row["need_id"] for row in matches} == {"X001", "X002"}
    first = {row["need_id"]: row["supplier_id"] for row in matches if row["rank"] == "1"}
    names = {row["supplier_id"]: row["name"] for row in rows(job / "made" / "tables" / "suppliers.csv")}
    assert names[first["X001"]].startswith("Emboutis")
    assert names[first["X002"]].startswith("Fonderie")
    values = {row["need_id"]: row for row in rows(job / "made" / "tables" / "opportunities.csv")}
    assert float(values["X001"]["gross_value"]) == 300_000
    assert values["X002"]["value_status"] == "missing"
    assert not list(job.glob(".made*"))


def test_the_order_of_rows_changes_no_match(cli, job):
    assert cli("run", *INPUTS, "--out", "one").returncode == 0
    title, header, *lines = (job / "suppliers.csv").read_text(encoding="utf-8").splitlines()
    random.Random(3).shuffle(lines)
    (job / "suppliers.csv").write_text("\n".join([title, header, *lines]) + "\n", encoding="utf-8")
    assert cli("run", *INPUTS, "--out", "three").returncode == 0
    keep = ("need_id", "supplier_id", "rank", "score", "grade", "reasons", "questions")
    one, three = (
        [[row[name] for name in keep] for row in rows(job / folder / "tables" / "matches.csv")]
        for folder in ("one", "three")
    )
    assert one == three


def test_an_existing_folder_is_kept_unless_forced(cli, job):
    assert cli("run", *INPUTS, "--out", "made").returncode == 0
    again = cli("run", *INPUTS, "--out", "made")
    assert again.returncode == 5
    assert "--force" in again.stderr
    assert cli("run", *INPUTS, "--out", "made", "--force").returncode == 0
    (job / "mine").mkdir()
    (job / "mine" / "letter.txt").write_text("keep", encoding="utf-8")
    refused = cli("run", *INPUTS, "--out", "mine", "--force")
    assert refused.returncode == 5
    assert (job / "mine" / "letter.txt").read_text(encoding="utf-8") == "keep"


def test_every_refused_file_is_named_and_nothing_is_written(process, job):
    (job / "empty.xlsx").write_bytes(b"")
    (job / "page.xls").write_text("<html><table></table></html>", encoding="utf-8")
    refused = process(
        "run", *INPUTS, "--suppliers", "empty.xlsx", "--needs", "page.xls", "--needs", "gone.csv", "--out", "made"
    )
    assert refused.returncode == 3
    for word in ("empty.xlsx", "empty file", "gone.csv"):
        assert word in refused.stderr.replace("the file is empty", "empty file")
    assert "Traceback" not in refused.stderr
    assert not (job / "made").exists()


def test_a_missing_column_names_what_is_there(cli, job):
    (job / "needs.csv").write_text("Need ID;Buyer;Plant;HS code\n1;A;B;8708\n", encoding="utf-8")
    refused = cli("check", *INPUTS)
    assert refused.returncode == 3
    assert "component" in refused.stderr
    assert "Plant" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("run", "gone.toml"), 2, "gone.toml"),
        (("run", "--lang", "de", *INPUTS), 2, "output.lang"),
        (("run", "--nonsense"), 2, "nonsense"),
        (("run", *INPUTS, "--ranker", "gone.json"), 2, "gone.json"),
        (("explain", "X001", "S999", *INPUTS), 2, "S999"),
        (("evaluate", *INPUTS), 2, "judgements"),
        (("evaluate", *INPUTS, "--query", "de"), 2, "de"),
        (("check", *INPUTS), 0, ""),
        (("doctor",), 0, ""),
        (("terms", "check"), 0, ""),
        (("review", "status"), 0, ""),
    ],
)
def test_exit_codes(cli, arguments, code, words):
    done = cli(*arguments)
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_key_is_refused_with_the_nearest(cli, job):
    (job / "integrator.toml").write_text("[matching]\ncandidats = 3\n", encoding="utf-8")
    refused = cli("check")
    assert refused.returncode == 2
    assert "did you mean 'candidates'" in refused.stderr


def test_strict_turns_rows_set_aside_into_exit_4(cli, job):
    with (job / "suppliers.csv").open("a", encoding="utf-8") as stream:
        stream.write("TOTAL;;;;;3\n")
    assert cli("check", *INPUTS).returncode == 0
    strict = cli("check", *INPUTS, "--strict")
    assert strict.returncode == 4
    assert "total line" in strict.stdout


def test_json_is_data(cli):
    done = cli("check", *INPUTS, "--json")
    data = json.loads(done.stdout)
    assert [sheet["rows"] for sheet in data["inputs"]] == [3, 2]


def test_init_writes_a_job_that_runs(cli, job):
    assert cli("init", "job.toml").returncode == 0
    assert cli("init", "job.toml").returncode == 5
    text = (job / "job.toml").read_text(encoding="utf-8")
    text = text.replace("data/suppliers", "suppliers.csv").replace("data/needs", "needs.csv")
    (job / "job.toml").write_text(text, encoding="utf-8")
    done = cli("run", "job.toml")
    assert done.returncode == 0, done.stderr
    assert (job / "out" / "project_sheets.xlsx").is_file()


def test_explain_adds_up(cli, job):
    cli("run", *INPUTS, "--out", "made")
    match = next(r for r in rows(job / "made" / "tables" / "matches.csv") if r["need_id"] == "X001")
    done = cli("explain", "X001", match["supplier_id"], *INPUTS, "--json")
    assert done.returncode == 0, done.stderr
    points = [one["points"] for one in json.loads(done.stdout)["contributions"]]
    assert sum(points) == pytest.approx(float(match["score"]), abs=1e-6)
    done = cli("explain", "X001", match["supplier_id"], *INPUTS)
    assert done.returncode == 0, done.stderr
    assert "needs.csv" in done.stdout


def test_messages_carry_no_contacts(cli, job):
    with (job / "needs.csv").open("a", encoding="utf-8") as stream:
        stream.write("X009;;06 12 34 56 78;contact@demo.example;;;;;\n")
    done = cli("check", *INPUTS, "--json")
    assert "X009" in done.stdout or "no component" in done.stdout
    assert "contact@demo" not in done.stdout + done.stderr
    assert "06 12 34" not in done.stdout + done.stderr


def test_the_date_comes_from_the_job_or_the_environment(cli, job):
    cli("run", *INPUTS, "--out", "dated", SOURCE_DATE_EPOCH="1767225600")
    cli("run", *INPUTS, "--out", "bare")
    dates = [
        json.loads((job / name / "manifest.json").read_text(encoding="utf-8"))["run_date"] for name in ("dated", "bare")
    ]
    assert dates == ["2026-01-01", ""]


def test_help_is_light():
    code = (
        "import sys; sys.argv = ['integrator', '--help']\n"
        "try:\n    from integrator.cli import main; main()\nexcept SystemExit: pass\n"
        "assert not {'pandas', 'numpy', 'sklearn', 'pydantic'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def test_the_readme_names_only_commands_that_exist(cli):
    readme = Path(__file__).parents[2].joinpath("README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^    \$ \.venv/bin/integrator (\w+)", readme, re.M))
    assert named
    known = cli("--help").stdout
    assert all(re.search(rf"\b{command}\b", known) for command in named)
