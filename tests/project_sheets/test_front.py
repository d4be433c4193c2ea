"""Page one of a sheet does alone, and no page of a sheet is broken in a bad place."""

from __future__ import annotations

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest
from reading_back import texts

from integrator.project_sheets.content import Actor
from integrator.project_sheets.excluded import by_reason
from integrator.project_sheets.front.acceptance import acceptance
from integrator.project_sheets.front.closing import by_region
from integrator.project_sheets.page import PAGE_HEIGHT, clipped
from integrator.project_sheets.valuations import Valued
from integrator.wording import wording

CASES = Path(__file__).parent / "acceptance_cases.csv"
FIGURES = {"imports": "gross_import_replaced", "jobs": "jobs", "profit": "cost_gap"}


def _cases():
    with CASES.open(encoding="utf-8") as stream:
        return list(csv.DictReader(line for line in stream if not line.startswith("#")))


@pytest.mark.parametrize("case", _cases(), ids=lambda case: "-".join(case.values()))
def test_where_a_test_of_acceptance_stands(case):
    ends = {side: float(case[side]) if case[side] else None for side in ("low", "high")}
    row = {"figure": FIGURES[case["test"]], "status": case["status"], "point": None, "missing": "", **ends}
    found = {
        one.name: one for one in acceptance(Valued(figures={row["figure"]: row}), {"import_country": case["imported"]})
    }
    assert found[case["test"]].state == case["state"]
    assert found[case["test"]].is_estimated == (case["status"] == "estimated")
    assert {one.state for name, one in found.items() if name != case["test"]} == {"unknown"}, "unknown is not failed"


def _pages(sheet):
    """Rows of each printed page."""
    last = int(sheet.print_area.rsplit("$", 1)[1])
    starts = [1, *(one.id + 1 for one in sheet.row_breaks.brk), last + 1]
    return [range(first, after) for first, after in pairwise(starts)]


@pytest.mark.parametrize("name", ["FP-D1", "FP-D2", "FP-D3"])
def test_page_one_says_what_who_how_much_and_what_is_missing(written, name):
    sheet = written()[name]
    rows = sheet.iter_rows(max_row=_pages(sheet)[0].stop - 1, max_col=12)
    first = {cell.value for row in rows for cell in row if cell.value}
    assert {"Trois tests d'acceptation", "Réduction des importations", "Emplois créés"} <= first
    assert {"Rentabilité face à l'import", "Prochaine action", "Responsable", "Échéance"} <= first
    assert {"Ce qui manque pour décider", "Importations substituées (brut)", "Valeur ajoutée locale (net)"} <= first
    assert {"Atouts", "Écarts", "Inconnu"} <= first
    assert any(str(text).startswith("Vue générale") for text in first), "not a business plan, said on page one"
    second = _pages(sheet)[1]
    assert str(sheet.cell(second.start, 1).value).startswith("1   "), "the sections begin on page two, nothing spills"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_fits_and_no_title_stands_alone_at_its_foot(written, language):
    for sheet in written(language).worksheets:
        if not sheet.title.startswith("FP-"):
            continue
        for page in _pages(sheet):
            heights = {row: sheet.row_dimensions[row].height or 15.0 for row in page}
            assert sum(heights.values()) <= PAGE_HEIGHT
            titles = [row for row in page if re.match(r"\d+   ", str(sheet.cell(row, 1).value or ""))]
            for row in titles:
                assert sum(tall for at, tall in heights.items() if at > row) >= 20


def test_sheets_print_alike_and_name_their_cells(written):
    book = written()
    sheet = book["FP-D1"]
    assert sheet.page_setup.scale == 92
    assert sheet.freeze_panes == "A4"
    assert sheet.print_area.startswith("'FP-D1'!$A$1:$L$")
    names = sheet.defined_names
    assert {"volume_low", "unit_price_high", "gross_low", "net_high"} <= set(names)
    row = sheet[names["volume_low"].attr_text.split("!")[1].replace("$", "")].row
    assert sheet.cell(row, 1).value == "Volume annuel"
    assert book.properties.title == "Portefeuille de projets d'intégration locale"


def test_every_candidate_is_shown_or_excluded_with_a_reason(written, example):
    book = written(top=1)
    matches, names = example["matches"], example["suppliers"].set_index("supplier_id")["name"]
    for need, sheet in (("D1", "FP-D1"), ("D2", "FP-D2")):
        said = " ".join(texts(book[sheet]))
        for supplier in matches.loc[(matches["need_id"] == need) & (matches["supplier_id"] != ""), "supplier_id"]:
            assert names[supplier] in said


def _actor(name: str, grade: int, region: str = "", missing: str = "") -> Actor:
    return Actor({"grade": grade, "missing": missing}, {"name": name, "region": region})


def test_excluded_sites_stand_once_under_their_first_gap():
    words = wording("fr")
    actors = [
        _actor("A", 1, missing="procédé absent ; matière différente"),
        _actor("B", 0, missing="matière différente"),
        _actor("C", 1, missing="procédé absent"),
        _actor("D", 1),
    ]
    assert by_reason(actors, words) == [
        ("procédé absent", ["A", "C"]),
        ("matière différente", ["B"]),
        ("niveau « connexe », derrière les acteurs retenus", ["D"]),
    ]


def test_regions_are_in_the_order_of_their_best_actors_and_unrelated_sites_do_not_count():
    actors = [
        _actor("A", 2, "Sud"),
        _actor("B", 2, "Sud"),
        _actor("C", 4, "Nord"),
        _actor("D", 0, "Est"),
        _actor("E", 1),
    ]
    assert by_region(actors) == [("Nord", {4: 1}), ("Sud", {2: 2}), ("", {1: 1})]


def test_a_clipped_text_says_so_and_a_short_one_is_whole():
    assert clipped("court", 4, 1) == "court"
    long = clipped("mot " * 200, 4, 2)
    assert long.endswith(" …")
    assert len(long) < 200


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_page_one_stays_one_page_with_the_longest_texts(written, example, language):
    long = "un mot très long et encore un autre " * 12
    needs = example["needs"].assign(component=long, buyer=long, imported_from=long, source_title=long)
    suppliers = example["suppliers"].assign(name=long, city=long)
    matches = example["matches"].assign(reasons=long, missing=long, questions=long, conflict=long)
    book = written(language, needs=needs, suppliers=suppliers, matches=matches)
    for name in ("FP-D1", "FP-D2", "FP-D3"):
        sheet = book[name]
        assert re.match(r"1   ", str(sheet.cell(_pages(sheet)[1].start, 1).value))
