"""A made-up job full of texts that attack a reader, and what comes out of it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from tests.shell.conftest import NEEDS, Cli

from integrator import config, pipeline, run_folder

PHONE, MAIL = "+212 661 23 45 67", "contact.demo@example.org"
NAMES = (
    "=cmd|' /C calc'!A0", "{=1+1}", "+1+1", "@SUM(A1)", "-2+3", "#REF!", "../../etc/passwd", "CON", "a:b*[c]?",
    "<script>alert(1)</script>", "file:///etc/passwd", "\\\\server\\share\\x", "Forge \u202eedomorp\u202c",
    "Forge\x0bVerticale",
    f"Forge {PHONE} {MAIL}",
)  # fmt: skip
LONG = "très longue description " * 2500


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("hostile")
    job = base / "job"
    job.mkdir()
    rows = [["Raison sociale", "Ville", "Procédés", "Produits", "Téléphone"]]
    rows += [[name, "Fès", "fonderie fonte; usinage", "disques de frein", PHONE] for name in NAMES]
    rows.append(["Forge bavarde (démo)", "Fès", "fonderie fonte", LONG, PHONE])
    quoted = ("\ufeff" + "\n".join(";".join(f'"{cell}"' for cell in row) for row in rows)).replace("\u2028", "")
    (job / "suppliers.csv").write_text(quoted, encoding="utf-8")
    (job / "needs.csv").write_text(NEEDS, encoding="utf-8")
    settings = config.Config(base=job).with_changes(
        {"inputs": {"suppliers": ("suppliers.csv",), "needs": ("needs.csv",)}}
    )
    run_folder.write(pipeline.run(settings), job / "out", force=False)
    assert {path.name for path in base.iterdir()} == {"job"}
    assert {path.name for path in job.iterdir()} == {"suppliers.csv", "needs.csv", "out"}
    return job / "out"


def _parts(out: Path, kind: str) -> list[str]:
    texts = []
    for path in sorted(out.glob("*.xlsx")):
        with zipfile.ZipFile(path) as archive:
            texts += [archive.read(name).decode("utf-8") for name in archive.namelist() if re.search(kind, name)]
    return texts


def test_every_hostile_name_is_used(out: Path) -> None:
    written = (out / "tables" / "suppliers.csv").read_text(encoding="utf-8-sig")
    for name in ("etc/passwd", "CON", "<script>", "#REF!", "=cmd"):
        assert name in written


def test_d1_d2_d4_no_text_of_a_file_is_a_formula_or_an_error(out: Path) -> None:
    for path in out.glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "e", cell.coordinate
                    if cell.data_type == "f":
                        assert not any(word in str(cell.value) for word in ("cmd", "SUM(A1)", "1+1", "2+3"))


def test_d3_no_cell_of_a_csv_wakes_up(out: Path) -> None:
    for path in (out / "tables").glob("*.csv"):
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            assert not re.search(r'(?:^|,)"?[=@]', line), (path.name, line[:80])


def test_d5_links_lead_to_the_web_or_inside(out: Path) -> None:
    for text in _parts(out, r"\.rels$"):
        for target in re.findall(r'Target="([^"]*)" TargetMode="External"', text):
            assert target.startswith(("https://", "http://"))
    assert not any("HYPERLINK(" in text for text in _parts(out, r"worksheets/"))


def test_d6_d7_sheets_and_files_are_named_by_ids(out: Path) -> None:
    for path in out.rglob("*"):
        assert re.fullmatch(r"[A-Za-z0-9_.-]+", path.name)
    for path in out.glob("*.xlsx"):
        for name in openpyxl.load_workbook(path, read_only=True).sheetnames:
            assert len(name) <= 31
            assert not re.search(r"[\\/*?:\[\]]", name)


def test_c23_c24_d11_long_texts_are_marked_and_controls_left_out(out: Path) -> None:
    texts = "".join(_parts(out, r"sharedStrings|worksheets/"))
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]", texts)
    assert "<script>" not in texts
    assert max(map(len, re.findall(r"<t[^>]*>([^<]*)</t>", texts))) <= 32_767


def test_d8_an_earlier_run_is_not_replaced_unasked(job: Path, cli: Cli) -> None:
    arguments = ("run", "--suppliers", "suppliers.csv", "--needs", "needs.csv", "--out", "o")
    assert cli(*arguments).returncode == 0
    before = (job / "o" / "manifest.json").read_bytes()
    done = cli(*arguments)
    assert done.returncode != 0
    assert "--force" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert (job / "o" / "manifest.json").read_bytes() == before


@pytest.mark.nightly  # the gate runs the job of the checkout twice
def test_d9_two_runs_give_the_same_bytes(job: Path, process: Cli) -> None:
    for folder in ("o", "p"):
        assert process("run", "--suppliers", "suppliers.csv", "--needs", "needs.csv", "--out", folder).returncode == 0
    for path in (job / "o").rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (job / "p" / path.relative_to(job / "o")).read_bytes(), path.name


def test_d12_phones_and_addresses_are_not_in_messages(job: Path, cli: Cli) -> None:
    (job / "suppliers.csv").write_text(
        f"Raison sociale;Ville;Effectif;CA\nForge (démo);Fès;{PHONE};{MAIL}\n;Fès;12;{MAIL}\n", encoding="utf-8"
    )
    done = cli("check", "--suppliers", "suppliers.csv", "--needs", "needs.csv")
    said = done.stdout + done.stderr
    assert done.returncode == 0
    assert "661" not in said
    assert MAIL not in said


def test_a19_a_pickle_is_no_ranker(job: Path, cli: Cli) -> None:
    (job / "ranker.json").write_bytes(b"\x80\x04\x95cos\nsystem\n(S'touch pwned'\ntR.")
    done = cli("run", "--suppliers", "suppliers.csv", "--needs", "needs.csv", "--ranker", "ranker.json")
    assert done.returncode not in (0, -9)
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert not (job / "pwned").exists()


def test_a20_every_missing_path_is_said_with_the_other_refusals(job: Path, cli: Cli) -> None:
    (job / "empty.csv").write_bytes(b"")
    done = cli("check", "--suppliers", "nowhere.xlsx", "--suppliers", "empty.csv", "--needs", "needs.csv")
    assert done.returncode == 3
    assert "nowhere.xlsx" in done.stderr
    assert "empty.csv" in done.stderr
