"""A job in Arabic: sheets run from the right, looks are mirrored, and what the tool says is Arabic."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from reading_back import texts

from integrator import config, data, pipeline
from integrator.project_sheets import write_project_sheets
from integrator.text.remarks import apart
from integrator.wording import Wording, rows

JOB = Path(__file__).parents[2] / "examples" / "value" / "job.toml"
KNOWLEDGE = ("ranking/words.csv", "ranking/grades.csv", "ranking/conflicts.csv", "valuation/completeness.csv",
             "valuation/shadow_words.csv", "valuation/note_words.csv", "valuation/figures.csv",
             "valuation/inputs.csv", "valuation/occupations.csv", "valuation/support_rules.csv")  # fmt: skip
SURELY_WORDING = 14
"""Letters from which on a text is nothing that a file of suppliers would say by chance."""


@pytest.fixture(scope="module")
def run_in():
    """The example of a valuation, worked out in a language."""
    known = {}

    def run(language: str) -> pipeline.Run:
        if language not in known:
            known[language] = pipeline.run(config.load(JOB).with_changes({"output": {"lang": language}}))
        return known[language]

    return run


@pytest.fixture(scope="module")
def arabic_path(run_in, tmp_path_factory):
    path = tmp_path_factory.mktemp("arabic") / "sheets.xlsx"
    write_project_sheets(path, run_in("ar").tables, "ar", 10, "2026-01-31")
    return path


@pytest.fixture(scope="module")
def arabic(arabic_path):
    return openpyxl.load_workbook(arabic_path)


def is_arabic(text: str) -> bool:
    return bool(re.search(r"[\u0600-\u06ff]", text))


def said_in(language: str) -> set[str]:
    """What wording and knowledge say in a language, as pieces between the values filled in."""
    found = [row[language] for row in rows()]
    for file in KNOWLEDGE:
        found += [text for row in data.rows(file) for name, text in row.items() if name.split("_")[-1] == language]
    pieces = {piece.strip() for text in found for piece in re.split(r"\{\w+\}", text)}
    return {piece for piece in pieces if len(piece) >= SURELY_WORDING}


def test_every_sheet_runs_from_the_right(arabic, written):
    assert [sheet.title for sheet in arabic if not sheet.sheet_view.rightToLeft] == []
    assert [sheet.title for sheet in written("fr") if sheet.sheet_view.rightToLeft] == []


def test_alignment_is_mirrored(run_in, arabic, tmp_path):
    """What begins at the left in French begins at the right here, and the other way round."""
    path = tmp_path / "french.xlsx"
    write_project_sheets(path, run_in("fr").tables, "fr", 10, "2026-01-31")
    mirror = {None: "right", "general": "right", "left": "right", "right": "left", "center": "center"}
    compared = 0
    for french, sheet in zip(openpyxl.load_workbook(path), arabic, strict=True):
        rows_of = [[row for row in one.iter_rows() if any(cell.value for cell in row)] for one in (french, sheet)]
        if len(rows_of[0]) != len(rows_of[1]):
            continue  # a long text that goes on in a row of its own in one language
        compared += 1
        for others, row in zip(*rows_of, strict=True):
            for other, cell in zip(others, row, strict=True):
                if cell.value is not None and other.value is not None:
                    assert cell.alignment.horizontal == mirror[other.alignment.horizontal], (sheet.title, cell)
                    assert cell.border.left.style == other.border.left.style, "a spreadsheet mirrors borders itself"
    assert compared > len(arabic.sheetnames) / 2


def test_arabic_is_read_from_the_right_and_latin_from_the_left(arabic):
    cells = [cell for sheet in arabic for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.alignment.horizontal for cell in cells} <= {"right", "center", "left"}
    assert {cell.alignment.readingOrder for cell in cells if is_arabic(cell.value)} <= {2.0}
    assert {cell.alignment.readingOrder for cell in cells if not is_arabic(cell.value)} == {0.0}


def test_page_footers_change_sides(arabic, written):
    french = written("fr")["FP-D1"].oddFooter
    assert "FP-D1" in french.left.text
    assert "&P" in french.right.text
    footer = arabic["FP-V1"].oddFooter
    assert "FP-V1" in footer.right.text
    assert "&P" in footer.left.text


def test_axes_run_from_the_right(arabic_path):
    with zipfile.ZipFile(arabic_path) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name]
    assert charts
    for chart in charts:
        if re.search(r"<c:f>'?خريطة'?!", chart):
            continue  # east is on the right of a map everywhere, see test_map
        across = "valAx" if '<c:barDir val="bar"/>' in chart else "(?:catAx|valAx)"
        found = re.search(rf'<c:{across}>.*?<c:orientation val="(\w+)"/>', chart)
        assert found
        assert found[1] == "maxMin", chart[:600]


def test_nothing_is_said_in_french_or_english(arabic):
    """Names, products and processes are quoted as received; all else is Arabic."""
    shown = [re.sub(r"\S*/\S*", "", text) for sheet in arabic for text in (sheet.title, *texts(sheet))]
    for language in ("fr", "en"):
        foreign = {piece for piece in said_in(language) if not is_arabic(piece)}
        assert sorted({piece for piece in foreign for text in shown if piece in text}) == []


def test_numbers_are_numbers_in_the_format_of_morocco(arabic):
    words = Wording("ar")
    assert words.number(1234567.5, 1) == "1\u202f234\u202f567,5"
    assert (words.number_format(600_000), words.percent_format) == (r"#\ ##0", r"0\ %")
    formats = {
        cell.number_format for row in arabic["FP-V1"].iter_rows() for cell in row if isinstance(cell.value, int | float)
    }
    assert formats
    assert not [one for one in formats if "#,##0" in one]


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_labels_are_in_the_language_of_the_run(run_in, language):
    labels = {
        row["concept"]: row["text"]
        for row in data.rows("taxonomy/labels.csv")
        if row["lang"] == language and row["type"] == "pref"
    }
    for name in ("requirements", "capabilities"):
        table = run_in(language).tables[name]
        assert table["label"].tolist() == [labels[concept] for concept in table["concept"]]


def test_the_language_changes_words_and_nothing_else(run_in):
    """Concepts, ranks, scores and grades are the same whatever the reader's language."""
    columns = {
        "matches": ["need_id", "rank", "supplier_id", "score", "grade"],
        "requirements": ["need_id", "concept", "step", "score"],
        "capabilities": ["supplier_id", "line", "concept", "step", "score"],
        "reasons": ["need_id", "supplier_id", "criterion", "state", "points", "need_cell", "supplier_cell"],
        "trades": ["need_id", "level", "isco08", "low", "high"],
    }
    for language in ("en", "ar"):
        for name, kept in columns.items():
            one, other = run_in("fr").tables[name][kept], run_in(language).tables[name][kept]
            assert one.equals(other), (language, name)


def test_reasons_and_questions_are_arabic(run_in):
    matches = run_in("ar").tables["matches"]
    said = [text for column in ("grade_basis", "reasons", "missing", "questions") for text in matches[column] if text]
    assert said
    assert [text for text in said if not is_arabic(text)] == []
    questions = run_in("ar").tables["opportunities"]["questions"]
    assert [text for text in questions if text and not text.endswith("؟")] == []


def test_english_sheets_show_english_labels(run_in, tmp_path):
    path = tmp_path / "english.xlsx"
    write_project_sheets(path, run_in("en").tables, "en", 10, "2026-01-31")
    shown = " ".join(text for sheet in openpyxl.load_workbook(path) for text in texts(sheet))
    french = {
        row["concept"]: row["text"]
        for row in data.rows("taxonomy/labels.csv")
        if (row["lang"], row["type"]) == ("fr", "pref")
    }
    part = run_in("en").tables["requirements"].query("role == 'component' and need_id == 'V1'").iloc[0]
    assert f'part: "{part["label"]}' in shown
    assert f'part: "{french[part["concept"]]}' not in shown


def test_remarks_come_apart_in_every_language(run_in):
    """Before, gaps and questions were cut at the French sign alone, so in English and Arabic they stood in a lump."""
    counted = [
        [
            [len(apart(text)) for text in run_in(language).tables["matches"][name]]
            for name in ("questions", "missing", "reasons")
        ]
        for language in ("fr", "en", "ar")
    ]
    assert counted[0] == counted[1] == counted[2]
    assert max(map(max, counted[0])) > 1
