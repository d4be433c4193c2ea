"""The map read back from the workbook: cells that hold the positions, counts that lose no site, east on the right."""

from __future__ import annotations

import math
import re
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import range_boundaries
from reading_back import texts

from integrator import places
from integrator.project_sheets import write_project_sheets
from integrator.project_sheets.pages.map_drawing import bounds_of
from integrator.project_sheets.pages.positions import Mark, cities

TANGER, CASABLANCA = (35.77, -5.80), (33.59, -7.61)
NAMES = {"fr": "Carte", "en": "Map", "ar": "خريطة"}
MADE_UP = (
    ((-10.0, 29.0), (-1.0, 29.0), (-1.0, 36.0), (-10.0, 29.0)),
    ((-4.0, 31.0), (-3.0, 31.0), (-3.0, 32.0), (-4.0, 31.0)),
)
"""A made-up outline: no border of any country."""


@pytest.fixture
def placed(example):
    """The example with positions: S1 verified, S2 and S3 not, S4 in the same town as S3; others none."""
    suppliers = example["suppliers"].copy()
    for site, (latitude, longitude), verified in (
        ("S1", TANGER, "yes"), ("S2", TANGER, "no"), ("S3", CASABLANCA, "no"), ("S4", CASABLANCA, "yes")
    ):  # fmt: skip
        at = suppliers["supplier_id"] == site
        suppliers.loc[at, ["latitude", "longitude"]] = (latitude, longitude)
        suppliers.loc[at, "place_verified"] = verified
    needs = example["needs"].copy()
    at = needs["need_id"] == "D1"
    needs.loc[at, ["latitude", "longitude"]] = TANGER
    needs.loc[at, "place_verified"] = "no"
    return example | {"suppliers": suppliers, "needs": needs}


@pytest.fixture
def drawn(tmp_path, placed):
    """Write the map in a language; the sheet, and the text of its chart."""

    def draw(language="fr", outline=(), **changed):
        path = tmp_path / "s.xlsx"
        write_project_sheets(path, placed | changed, language, 10, "2026-01-31", outline=outline)
        with zipfile.ZipFile(path) as archive:
            charts = [archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name]
        title = f"'{NAMES[language]}'!"
        (chart,) = [one for one in charts if title in one or title.replace("'", "") in one]
        return openpyxl.load_workbook(path)[NAMES[language]], chart

    return draw


def series(sheet, chart):
    """Name -> the positions in the cells that a series takes; None where a cell is empty."""
    found = {}
    for text in re.findall(r"<c:ser>.*?</c:ser>", chart):
        name = re.search(r"<c:tx>.*?<c:v>(.*?)</c:v>", text)
        areas = [re.search(rf"<c:{axis}Val>.*?<c:f>(.*?)</c:f>", text)[1].partition("!")[2] for axis in "xy"]
        columns = []
        for area in areas:
            left, top, right, bottom = range_boundaries(area.replace("$", ""))
            assert left == right > 12, "positions stand to the right of what is printed"
            columns.append([sheet.cell(row, left).value for row in range(top, bottom + 1)])
        found[name[1] if name else ""] = list(zip(*columns, strict=True))
    return found


def regions(sheet):
    """The rows of the table of regions."""
    head = next(cell for cell in sheet["A"] if cell.value == "Région").row
    rows = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows(head + 1, max_col=12)]
    return {row[0]: tuple(row[1:]) for row in rows if len(row) == 5}


def test_series_take_the_positions_of_the_sites_of_a_grade(drawn):
    sheet, chart = drawn()
    east = [(longitude, latitude) for latitude, longitude in (TANGER, CASABLANCA)]
    found = series(sheet, chart)
    assert found == {
        "fabrique déjà (1)": [east[0]],
        "produit voisin (1)": [east[1]],
        "convertible (1)": [east[0]],
        "connexe (1)": [east[1]],
        "usines à livrer, par besoin (1)": [east[0]],
        "": east[::-1],
    }
    assert "Tanger" in chart
    assert sheet.print_area.startswith("'Carte'!$A$1:$L$")
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_state == "visible"


@pytest.mark.parametrize("lacking", [(), ("S1",), ("S1", "S2", "S3")])
def test_counts_add_up_to_all_sites(drawn, placed, lacking):
    suppliers = placed["suppliers"].copy()
    suppliers.loc[suppliers["supplier_id"].isin(lacking), ["latitude", "longitude"]] = None
    sheet, chart = drawn(suppliers=suppliers)
    total, without = len(suppliers), int(suppliers["latitude"].isna().sum())
    grades = {name: cells for name, cells in series(sheet, chart).items() if name and "usines" not in name}
    assert sum(map(len, grades.values())) == total - without
    assert sum(int(re.search(r"\((\d+)\)", name)[1]) for name in grades) == total - without
    said = " ".join(texts(sheet))
    assert f"Sites sur la carte : {total - without} sur {total} ; hors carte, position non connue : {without}." in said
    table = regions(sheet)
    assert table["ensemble"][0] == total
    for column in range(3):
        assert sum(row[column] for name, row in table.items() if name != "ensemble") == table["ensemble"][column]


def test_positions_that_are_not_verified_are_counted_and_marked(drawn):
    sheet, _ = drawn()
    said = texts(sheet)
    assert any("Dont position non vérifiée : 2." in text for text in said if text.startswith("Sites"))
    assert any("Dont position non vérifiée : 1." in text for text in said if text.startswith("Besoins"))
    assert said.count("non vérifiée") == 3
    assert said.count("vérifiée") == 2


def test_a_need_that_two_regions_serve_counts_in_each_and_once_in_all(drawn, placed):
    matches = placed["matches"].copy()
    matches.loc[(matches["need_id"] == "D1") & (matches["supplier_id"] == "S3"), "grade"] = 4
    table = regions(drawn(matches=matches)[0])
    assert table["Tanger-Tétouan-Al Hoceïma"] == (1, 1, 0, 1)
    assert table["Casablanca-Settat"] == (1, 1, 0, 2)
    assert table["ensemble"][3] == 2


def test_without_an_outline_none_is_drawn_and_the_page_says_how_to_give_one(drawn):
    sheet, chart = drawn()
    assert "Contour" not in chart
    assert any("[output] outline" in text and "frontières" in text for text in texts(sheet))


def test_an_outline_is_a_line_that_is_interrupted_between_rings(drawn):
    sheet, chart = drawn(outline=MADE_UP)
    cells = series(sheet, chart)["Contour"]
    assert cells == [*MADE_UP[0], (None, None), *MADE_UP[1]]
    (own,) = [text for text in re.findall(r"<c:ser>.*?</c:ser>", chart) if "Contour" in text]
    assert '<c:symbol val="none"/>' in own
    assert '<a:srgbClr val="9AA5B1"/>' in own
    assert not any("[output] outline" in text for text in texts(sheet))
    lowest = float(re.findall(r'<c:min val="([^"]+)"', chart)[1])
    assert lowest < 29, "the outline lies on the map"


def test_east_is_right_in_arabic_too(drawn):
    for language in NAMES:
        sheet, chart = drawn(language)
        assert "maxMin" not in chart
        assert bool(sheet.sheet_view.rightToLeft) == (language == "ar")
    assert "طنجة" in chart


def test_the_overview_leads_to_every_page_of_the_job(tmp_path, placed):
    path = tmp_path / "s.xlsx"
    write_project_sheets(path, placed, "en", 10, "")
    book = openpyxl.load_workbook(path)
    links = [cell.hyperlink.location for cell in book["Overview"][3] if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:] if not name.startswith("FP-")]
    assert "'Map'!A1" in links
    assert len(links) > 8


def test_axes_bear_nothing(drawn):
    _, chart = drawn()
    assert chart.count('<c:delete val="1"/>') >= 2
    assert "majorGridlines" not in chart


def test_without_a_position_there_is_no_map(tmp_path, example):
    path = tmp_path / "s.xlsx"
    write_project_sheets(path, example, "fr", 10, "")
    assert "Carte" not in openpyxl.load_workbook(path).sheetnames


def test_packs_have_no_map(tmp_path, placed):
    path = tmp_path / "s.xlsx"
    write_project_sheets(path, placed, "fr", 10, "", of_job=False)
    assert "Carte" not in openpyxl.load_workbook(path).sheetnames


def test_the_order_of_rows_changes_nothing(tmp_path, placed):
    backwards = {name: placed[name].iloc[::-1].reset_index(drop=True) for name in ("suppliers", "matches")}
    files = []
    for name, made in (("one", placed), ("other", placed | backwards)):
        path = tmp_path / f"{name}.xlsx"
        write_project_sheets(path, made, "fr", 10, "", outline=MADE_UP)
        sheet = openpyxl.load_workbook(path)["Carte"]
        files.append([[cell.value for cell in row] for row in sheet.iter_rows()])
    assert files[0] == files[1]


def test_a_name_of_a_file_never_wakes_up(drawn, placed):
    """S2 of the example is called by a formula."""
    sheet, _ = drawn()
    cells = [cell for row in sheet.iter_rows(min_col=13) for cell in row if str(cell.value).startswith("=")]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


POINTS = st.tuples(st.floats(-179, 179), st.floats(-85, 85))


@given(st.lists(POINTS, min_size=1), st.floats(100, 2000), st.floats(100, 2000))
def test_a_map_holds_every_point_and_is_true_to_scale(points, wide, high):
    west, east, south, north = bounds_of(points, wide, high)
    for longitude, latitude in points:
        assert west <= longitude <= east
        assert south <= latitude <= north
    shrink = math.cos(math.radians((south + north) / 2))
    assert (east - west) * shrink / (north - south) == pytest.approx(wide / high)


def test_cities_are_named_where_most_sites_are_and_not_over_one_another():
    at = [TANGER] * 2 + [CASABLANCA] * 3 + [(0.0, 0.0)] * 9
    marks = [Mark("x", longitude, latitude, True) for latitude, longitude in at]
    near = bounds_of([(one.longitude, one.latitude) for one in marks[:5]], 800, 600)
    assert [one.name for one in cities(marks, near, "fr")] == ["Casablanca", "Tanger"]
    far = bounds_of([(-170, -80), (170, 80)], 800, 600)
    assert [one.name for one in cities(marks, far, "fr")] == ["Casablanca"]
    assert cities(marks, near, "ar")[0].name == places.city_at(*CASABLANCA, "ar") == "الدار البيضاء"
