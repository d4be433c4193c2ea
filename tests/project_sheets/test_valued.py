"""What a valuation shows: sections, cards, pages, marks of estimates; nothing of other needs in a pack."""

from __future__ import annotations

import math
import zipfile
from pathlib import Path

import openpyxl
import pytest
from made_tables import table
from reading_back import texts

from integrator import circulation, data, tables
from integrator.project_sheets import phrases, write_project_sheets, write_quality
from integrator.project_sheets.valued.amounts import Amount, amount, amount_text
from integrator.project_sheets.valued.names import names
from integrator.review import write_review
from integrator.wording import wording

HERE = Path(__file__).parent
PAGES = ["Axes", "Véhicules", "Capacités", "Compétences", "Secteurs"]


def cases(name):
    with (HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(data.read(stream, name))


def plain(text):
    """Text with ordinary blanks, as people type it in a table of cases."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """The example in each language, read back."""
    made = {name: table(name) for name in tables.ALL}
    found = {}
    for language in ("fr", "en"):
        path = tmp_path_factory.mktemp(language) / "sheets.xlsx"
        write_project_sheets(path, made, language, 10, "2026-01-31")
        found[language] = openpyxl.load_workbook(path)
    return found


def cell(sheet, value):
    return next(one for row in sheet.iter_rows() for one in row if one.value == value)


@pytest.mark.parametrize("case", cases("amount_cases.csv"), ids=lambda case: f"{case['unit']} {case['text']}")
def test_amounts_are_said_with_their_interval_unit_and_mark(case):
    point = float(case["point"]) if case["point"] else None
    value = Amount(float(case["low"]), point, float(case["high"]), case["unit"], case["estimated"] == "yes")
    assert plain(amount_text(value, wording(case["language"]), short=case["short"] == "yes")) == case["text"]


def test_at_least_no_job_is_not_known():
    row = {"low": 0.0, "point": None, "high": math.inf}
    assert amount(row, unit="jobs") is None
    assert amount({**row, "low": 31.0}, unit="jobs") == Amount(31.0, None, math.inf, "jobs")
    assert amount(row, unit="share") == Amount(0.0, None, math.inf, "share")


@pytest.mark.parametrize("case", cases("name_cases.csv"), ids=lambda case: case["text"])
def test_inputs_and_notes_have_names(case):
    known = names(case["language"])
    assert (known.input if case["what"] == "input" else known.note)(case["text"]) == case["said"]


@pytest.mark.parametrize("case", cases("valued_texts.csv"), ids=lambda case: f"{case['sheet']} {case['text'][:60]}")
def test_what_a_sheet_says(books, case):
    found = [plain(text) for text in texts(books[case["language"]][case["sheet"]])]
    assert (case["text"] in found) == (case["found"] == "yes")


def test_an_estimated_number_is_marked_and_in_italics(books):
    sheet = books["fr"]["FP-D3"]
    mark = next(one for row in sheet.iter_rows() for one in row if str(one.value).startswith("≈ 19,8"))
    assert mark.font.italic
    exact = next(
        one for row in books["fr"]["Axes"].iter_rows() for one in row if one.value == 1 and "≈" in one.number_format
    )
    assert exact.font.italic, "a number keeps its value and bears the mark in its format"


def test_every_marked_cell_is_in_italics(books):
    marked = [
        one for sheet in books["fr"] for row in sheet.iter_rows() for one in row
        if (isinstance(one.value, str) and one.value.startswith("≈ ")) or "≈" in (one.number_format or "")
    ]  # fmt: skip
    km = {one.coordinate for sheet in books["fr"] for one in sheet["L"] if "≈" in (one.number_format or "")}
    assert len(marked) > 20
    assert all(one.font.italic for one in marked if one.coordinate not in km)


def test_no_rate_stands_without_its_cost_gap(books):
    for name in ("FP-D1", "FP-D3", "Véhicules"):
        sheet = books["fr"][name]
        heads = [
            one
            for row in sheet.iter_rows()
            for one in row
            if one.value == "Taux" and one.fill.fgColor.rgb != "00000000"
        ]
        assert heads
        for head in heads:
            row = head.row
            gap = next(one.column for one in sheet[row] if one.value == "Écart de coût")
            below = row + 1
            while sheet.cell(below, head.column).value in tuple("ABCDEF"):
                assert sheet.cell(below, gap).value not in (None, "")
                below += 1
            assert below > row + 1
    assert sum(one.value == "non chiffré" for one in books["fr"]["Véhicules"]["I"]) == 6, "an unknown gap is said"


def test_a_chart_of_rates_is_drawn_from_cells_beside_the_page(tmp_path, example):
    path = tmp_path / "s.xlsx"
    write_project_sheets(path, example, "fr", 10, "")
    sheet = openpyxl.load_workbook(path)["FP-D1"]
    title = next(one for one in sheet["N"] if one.value == "Taux")
    assert [sheet.cell(title.row + 1, column).value for column in (14, 15, 16)] == ["A", 0.4743, 0.518]
    assert sheet.print_area.endswith("$L$" + str(sheet.max_row)) or "$L$" in sheet.print_area
    with zipfile.ZipFile(path) as archive:
        charts = [archive.read(one).decode() for one in archive.namelist() if one.startswith("xl/charts/chart")]
    drawn = [text for text in charts if f"'FP-D1'!$O${title.row + 1}" in text]
    assert len(drawn) == 1
    assert "barChart" in drawn[0]


def test_charts_hold_no_formula_made_of_an_input(tmp_path, example):
    opportunities = example["opportunities"].assign(sheet_id=["=1+1", "@x", "FP<&>"])
    path = tmp_path / "s.xlsx"
    write_project_sheets(path, example | {"opportunities": opportunities}, "fr", 10, "")
    with zipfile.ZipFile(path) as archive:
        charts = "".join(archive.read(one).decode() for one in archive.namelist() if one.startswith("xl/charts/chart"))
    assert "<c:f>1+1</c:f>" not in charts
    assert "> =1+1<" in charts
    openpyxl.load_workbook(path)


def test_axes_are_in_order_of_rank_with_the_gap_and_a_link(books):
    sheet = books["fr"]["Axes"]
    head = cell(sheet, "Rang").row
    rows = [[one.value for one in sheet[head + below]][:14] for below in (1, 2, 3)]
    assert [row[0] for row in rows] == [1, 2, 3]
    assert [row[1] for row in rows] == ["FP-D1", "FP-D3", "FP-D2"]
    assert [sheet.cell(head + below, 2).hyperlink.location for below in (1, 2, 3)] == [
        "'FP-D1'!A1", "'FP-D3'!A1", "'FP-D2'!A1",
    ]  # fmt: skip
    assert plain(rows[0][11]) == "≈ 1,8 à 9,5 %"
    assert rows[2][4] == rows[2][11] == "non chiffré"


def test_pages_without_content_are_left_out_and_axes_say_what_is_unknown(written, example):
    nothing = {name: tables.empty(tables.ALL[name]) for name in example if name not in KEPT}
    book = written(**nothing)
    assert book.sheetnames == [
        "Synthèse", "Portefeuille", "Zones blanches", "Procédés", "Axes", "FP-D1", "FP-D2", "FP-D3",
    ]  # fmt: skip
    found = texts(book["Axes"])
    assert "Graphique « Valeur / Faisabilité » : aucune opportunité n'a ces deux positions." in found
    assert "6   Ce qui n'est pas encore chiffré" in texts(book["FP-D1"])


KEPT = ("suppliers", "needs", "matches", "opportunities", "facts", "requirements")


def test_pages_come_between_the_portfolio_and_the_sheets(books):
    assert books["fr"].sheetnames[:9] == ["Synthèse", "Portefeuille", "Zones blanches", "Procédés", *PAGES]


def test_a_notice_is_on_every_sheet_and_in_the_header(written, example, tmp_path):
    notice = "EXEMPLE FICTIF & démo – rien n'est réel"
    book = written(notice=notice)
    write_quality(tmp_path / "q.xlsx", [], example, "fr", "", notice)
    for sheet in (*book, *openpyxl.load_workbook(tmp_path / "q.xlsx")):
        assert sheet["A1"].value == notice, sheet.title
        assert sheet.oddHeader.center.text == notice.replace("&", "&&")
    assert book["Portefeuille"].freeze_panes == "C9"
    assert not any(notice in texts(sheet) or sheet.oddHeader.center.text for sheet in written())


def test_the_review_keeps_its_rows_under_a_notice(tmp_path, example):
    path = tmp_path / "r.xlsx"
    write_review(path, example, "fr", "", notice="Démo")
    sheet = openpyxl.load_workbook(path).active
    assert (sheet.oddHeader.center.text, sheet["A3"].value) == ("Démo", "Besoin")
    assert sheet["A1"].value.startswith("Couples à juger")
    assert sheet["A2"].value.startswith("Démo  Remplir")


def test_only_a_low_head_is_frozen(books):
    assert books["fr"]["Compétences"].freeze_panes == "A4"
    assert books["fr"]["Axes"].freeze_panes is None


def test_a_pack_holds_no_figure_of_another_need(tmp_path, example):
    pack = circulation.Pack("Démo", "demo", ("D1",))
    path = tmp_path / "p.xlsx"
    write_project_sheets(path, circulation.only(example, pack), "fr", 10, "")
    book = openpyxl.load_workbook(path)
    found = [
        plain(str(one.value)) for sheet in book for row in sheet.iter_rows() for one in row if one.value is not None
    ]
    whole = "\n".join(found)
    for other in ("D2", "D3", "boîtiers et divers", "Équipementier Démo", "750 000", "rapporte plus ailleurs", "17,22"):
        assert other not in whole, other
    for number in ("2000000", "87500000", "50000000", "40000", "800000"):
        assert number not in found
    assert "la capacité rapporte plus à d'autres besoins" in found
    assert "Seuil de rentabilité / demande regroupée" not in found
    assert book.sheetnames == ["Synthèse", "Portefeuille", "Axes", "Capacités", "FP-D1"], (
        "the car has a line of D3 too: no rates"
    )


def test_a_pack_with_the_whole_pool_keeps_the_sum(example):
    cut = circulation.only(example, circulation.Pack("Démo", "demo", ("D1", "D2", "D3")))
    assert (cut["values"]["figure"] == "pooled_volume").sum() == 1
    assert set(cut["pools"]["member_id"]) == {"D1", "D2", "D3"}
    assert len(cut["bill_lines"]) == 2
    assert [len(cut[name]) for name in ("skills", "capacities", "multipliers")] == [0, 0, 0]


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (100000, 150000, "100 000 à 150 000 pièces/an"),
        (5000, None, "au moins 5 000 pièces/an"),
        (None, 900, "au plus 900 pièces/an"),
        (None, None, ""),
    ],
)
def test_a_volume_that_is_a_range_is_said_with_its_ends(low, high, said):
    need = {
        "annual_volume": "",
        "volume_low": low,
        "volume_high": high,
        "volume_unit": "part",
        "volume_period": "year",
        "volume_basis": "demand",
    }
    assert plain(phrases.volume({"volume": None}, need, wording("fr"))) == said
