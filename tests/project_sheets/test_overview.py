"""The overview, white spots and processes: pure counts, and the pages read back from the workbook."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import range_boundaries
from reading_back import texts

from integrator import data, tables, taxonomy
from integrator.project_sheets import write_project_sheets
from integrator.project_sheets.content import SheetContent
from integrator.project_sheets.pages import summary
from integrator.project_sheets.pages.concepts import families, named
from integrator.project_sheets.pages.lacking import processes
from integrator.project_sheets.pages.marks import Marks
from integrator.project_sheets.pages.tags import TAGS, tags
from integrator.wording import LANGUAGES

HERE = Path(__file__).parent


def cases(name):
    with (HERE / name).open(encoding="utf-8") as stream:
        return [pytest.param(row, id=row["case"]) for row in data.read(stream, name)]


def plain(text):
    return str(text).replace("\u202f", " ")


def find(sheet, text):
    """The first cell whose text begins so."""
    return next(
        one for row in sheet.iter_rows() for one in row if isinstance(one.value, str) and one.value.startswith(text)
    )


def card(sheet, label):
    """The value, label and note of a card."""
    cell = find(sheet, label)
    return tuple(sheet.cell(cell.row + below, cell.column).value for below in (-1, 0, 1))


# ---- tags ----


@pytest.mark.parametrize("case", cases("tag_cases.csv"))
def test_tags(case):
    link = {"need_id": "N", "concept": case["concept"], "step": case["step"], "role": case["role"]}
    links = named(pd.DataFrame([link]))
    found = tags(links, [{"need_id": "N", "hs_code": case["hs_code"]}], "fr").get("N", {})
    assert {tag: ", ".join(found.get(tag, ())) for tag in TAGS} == {tag: case[tag] for tag in TAGS}


def test_the_table_of_tags_is_sound():
    rows = data.rows("tags.csv")
    concepts = taxonomy.load().concepts
    keys = [(row["tag"], row["kind"], row["code"]) for row in rows]
    assert len(keys) == len(set(keys))
    for row in rows:
        assert row["tag"] in TAGS, row
        assert all(row[language] for language in LANGUAGES), row
        assert row["basis"] in ("definition", "assumption", "regulation"), row
        assert (row["basis"] == "regulation") == bool(row["source"]), "what a text says has the text beside it"
        if row["kind"] == "hs":
            assert re.fullmatch(r"\d{4}(-\d{4})?", row["code"]), row
            first, _, last = row["code"].partition("-")
            assert first < (last or "9999"), row
        else:
            assert row["kind"] in ("component", "material", "process"), row
            assert concepts[row["code"]].kind == row["kind"], row


# ---- families ----


def test_a_family_is_the_system_of_the_first_part_else_its_widest_family():
    rows = [
        {"need_id": "A", "role": "component", "concept": "C-BPAD", "system": "C-BRAKE", "line": 1, "implied": "no"},
        {"need_id": "A", "role": "component", "concept": "C-EMOTOR", "system": "C-ROT", "line": 2, "implied": "no"},
        {"need_id": "B", "role": "component", "concept": "C-FLATST", "system": "", "line": 1, "implied": "no"},
        {"need_id": "C", "role": "component", "concept": "C-BPAD", "system": "C-BRAKE", "line": 1, "implied": "yes"},
        {"need_id": "C", "role": "component", "concept": "OWN", "system": "", "line": 2, "implied": "no"},
        {"need_id": "D", "role": "material", "concept": "M-STEEL", "system": "", "line": 1, "implied": "no"},
    ]
    assert families(rows) == families(rows[::-1]) == {"A": "C-BRAKE", "B": "C-RAWM", "C": "OWN"}


# ---- processes ----


@pytest.mark.parametrize("case", cases("process_cases.csv"))
def test_who_has_a_process(case):
    offers, sites = [], []
    for site in ("site_1", "site_2", "site_3"):
        said = [one.split(" ") for one in case[site].split("; ") if one]
        sites.append({"supplier_id": site, "name": site, "active": said[0][2].strip("?") if said else ""})
        offers += [
            {
                "supplier_id": site, "line": 1, "role": "process", "concept": concept, "label": concept,
                "step": "similar" if how == "similar" else "exact", "implied": "yes" if how == "implied" else "no",
                "field": how,
            }
            for concept, how, *_ in said
        ]  # fmt: skip
    made = {
        "suppliers": framed(tables.SUPPLIERS, sites),
        "capabilities": framed(tables.CAPABILITIES, offers),
        "requirements": framed(tables.REQUIREMENTS, [asked("N", case["asked"])]),
    }
    (found,) = processes(made, {"N"})
    counts = {key: str(len(getattr(found, key))) for key in ("offered", "implied", "general")}
    assert counts | {"offer": found.offer} == {key: case[key] for key in (*counts, "offer")}
    assert (found.asked, found.blocked) == (("N",), ("N",))


def framed(contract, rows):
    return tables.check(contract, pd.DataFrame(rows, columns=contract.names))


def asked(need_id, concept, role="process", line=1, field="processes"):
    return {
        "need_id": need_id, "line": line, "role": role, "concept": concept, "label": concept, "step": "exact",
        "implied": "no", "field": field,
    }  # fmt: skip


# ---- counts ----

OUTLOOKS = st.sampled_from(summary.OUTLOOKS)
MADE = st.lists(
    st.tuples(
        OUTLOOKS,
        st.sampled_from(["", *(f"Famille {number}" for number in range(15))]),
        st.sampled_from(["", "Oriental", "Fès-Meknès"]),
        st.sampled_from(["", "idea", "dropped", "a status of the project"]),
    ),
    max_size=60,
)


@given(MADE)
def test_every_bar_chart_adds_up_to_the_needs(made):
    contents, marks = [], {}
    for number, (outlook, family, region, status) in enumerate(made):
        need = {"need_id": f"N{number}", "aggregate": "no"}
        contents.append(SheetContent(need, {"outlook": outlook}, (), (), 0, (), (), ()))
        marks[f"N{number}"] = Marks(family, region, outlook != "none", {}, status, "", "")
    families_drawn = summary.by_family(contents, marks)
    assert sum(one.total for one in families_drawn) == len(made)
    for at, outlook in enumerate(summary.OUTLOOKS):
        assert sum(one.counts[at] for one in families_drawn) == sum(one[0] == outlook for one in made)
    assert len(families_drawn) <= summary.MOST_SLICES + 2
    assert sum(one.total for one in summary.by_region(contents, marks)) == len(made)
    statuses = summary.by_status(contents, marks)
    assert sum(one.total for one in statuses) == (len(made) if any(one[3] for one in made) else 0)


# ---- the overview, read back ----


def test_the_overview_is_one_landscape_page_with_nothing_hidden(written):
    book = written()
    sheet = book["Synthèse"]
    assert book.sheetnames[0] == "Synthèse"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, None), "one page is what is left out"
    assert sheet.print_area.startswith("'Synthèse'!$A$1:$X$")
    assert "&P / &N" in sheet.oddFooter.right.text
    assert {one.sheet_state for one in book} == {"visible"}
    for one in book:
        assert not any(of.hidden for of in one.column_dimensions.values()), one.title
        assert not any(of.hidden for of in one.row_dimensions.values()), one.title


def test_counts_of_the_cards_add_up_to_the_needs(written):
    sheet = written()["Synthèse"]
    needs, note = card(sheet, "besoins")[0], card(sheet, "besoins")[2]
    by_outlook = [
        card(sheet, label)[0] for label in ("avec un acteur capable", "avec un acteur conv", "sans acteur id")
    ]
    assert (needs, by_outlook) == (3, [2, 0, 1])
    assert needs == sum(by_outlook)
    assert note == "dont agrégats statistiques à décomposer : 1"
    assert card(sheet, "sites nommés")[0] == 3


def test_sums_say_how_many_needs_they_cover_and_a_rate_has_its_gap(written):
    sheet = written("en")["Overview"]
    value, _, note = card(sheet, "Gross import replaced")
    assert value.endswith("MAD/year")
    assert "of 3" in note
    value, label, note = card(sheet, "Integration rate")
    assert "→" in value
    assert label.startswith("Integration rate: ")
    assert note.startswith("cost gap: ")


def test_nothing_known_is_said_with_what_is_missing(written, example):
    nothing = {
        name: tables.empty(tables.ALL[name])
        for name in example
        if name not in ("suppliers", "needs", "matches", "opportunities", "facts")
    }
    book = written(**nothing)
    sheet = book["Synthèse"]
    assert card(sheet, "Taux d'intégration d'un véhicule") == (
        "non connu",
        "Taux d'intégration d'un véhicule",
        "il manque la nomenclature d'un véhicule : prix et origine de ses pièces",
    )
    assert card(sheet, "Emplois directs")[0] == "non connu"
    found = texts(sheet)
    assert any("aucune opportunité n'a ces deux positions" in text for text in found)
    assert any(text.startswith("Aucune opportunité n'a de rang") for text in found)
    assert "Aucun procédé demandé n'est rare." in found
    assert "famille non reconnue" in found
    assert "Procédés" not in book.sheetnames


def test_a_job_without_needs_still_gives_an_overview(written, example):
    kept = ("suppliers", "capabilities")
    book = written(**{name: tables.empty(tables.ALL[name]) for name in example if name not in kept})
    sheet = book["Synthèse"]
    assert card(sheet, "besoins")[0] == 0
    assert any("Familles : aucun besoin." in text for text in texts(sheet))


def test_opportunities_to_look_at_first_are_linked_and_leave_aggregates_out(written, example):
    sheet = written()["Synthèse"]
    links = [one for row in sheet.iter_rows(max_col=2) for one in row if str(one.value).startswith("FP-")]
    assert [one.value for one in links] == ["FP-D1", "FP-D2"], "FP-D3 is a statistic over many parts"
    first = links[0]
    assert first.hyperlink.location == "'FP-D1'!A1"
    row = [one.value for one in sheet[first.row] if one.value is not None]
    assert row[1:5] == ["support de batterie (démo)", "fabrique déjà", "Atelier Démo Un", "1 à 2"]
    pages = {one.value: one.hyperlink.location for row in sheet["A3:X3"] for one in row if one.value}
    assert pages["→ Zones blanches"] == "'Zones blanches'!A1"
    assert "→ Synthèse" not in pages


# ---- charts ----


def charts_of(path):
    """Of each chart of the overview: its kind and the areas its series take their values from."""
    with zipfile.ZipFile(path) as archive:
        drawings = archive.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
        drawing = re.search(r"drawings/(drawing\d+\.xml)", drawings)[1]
        rels = archive.read(f"xl/drawings/_rels/{drawing}.rels").decode()
        names = re.findall(r"charts/(chart\d+\.xml)", rels)
        found = [archive.read(f"xl/charts/{name}").decode() for name in names]
    return [
        (re.search(r"<c:(barChart|scatterChart)>", text)[1], re.findall(r"<c:(?:val|yVal)>.*?<c:f>(.*?)</c:f>", text))
        for text in found
    ]


@pytest.mark.parametrize("has_status", [False, True])
def test_charts_point_to_the_cells_that_hold_their_numbers(tmp_path, example, has_status):
    if has_status:
        rows = [{"sheet_id": "FP-D1", "need_id": "D1", "status": "rfq", "owner": "Bureau Démo", "due": "2026-03-01"}]
        example = example | {"statuses": framed(tables.STATUSES, rows)}
    path = tmp_path / "s.xlsx"
    write_project_sheets(path, example, "fr", 10, "")
    book = openpyxl.load_workbook(path)
    sheet = book["Synthèse"]
    charts = charts_of(path)
    assert [kind for kind, _ in charts].count("barChart") == (3 if has_status else 2)
    assert [kind for kind, _ in charts].count("scatterChart") == 1
    for kind, areas in charts:
        cells = []
        for area in areas:
            place, _, block = area.partition("!")
            assert place.strip("'") == "Synthèse"
            left, top, right, bottom = range_boundaries(block.replace("$", ""))
            assert left == right > 24, "the numbers stand beside what is printed"
            cells += [sheet.cell(row, left).value for row in range(top, bottom + 1)]
            assert sheet.cell(bottom + 1, left).value is None
        assert all(isinstance(value, int | float) for value in cells)
        if kind == "barChart":
            assert sum(cells) == 3, "a bar chart loses no need"


def test_where_a_project_stands_is_in_the_list_and_in_a_chart(written):
    rows = [{"sheet_id": "FP-D1", "need_id": "D1", "status": "rfq", "owner": "Bureau Démo", "due": "2026-03-01"}]
    book = written(statuses=framed(tables.STATUSES, rows))
    line = [one.value for one in book["Portefeuille"][find(book["Portefeuille"], "FP-D1").row]]
    assert {"appel d'offres", "Bureau Démo", "2026-03-01", "Tanger-Tétouan-Al Hoceïma"} <= set(line)
    assert "Avancement : aucun projet" not in " ".join(texts(book["Synthèse"]))
    assert any("aucun projet n'a d'état" in text for text in texts(written()["Synthèse"]))


def test_tags_of_the_list_are_those_of_the_need_and_absence_is_not_no(written, example):
    links = framed(
        tables.REQUIREMENTS,
        [asked("D1", "C-TBATT", "component", field="component"), asked("D1", "M-STEEL", "material", field="materials")],
    )
    sheet = written(requirements=links)["Portefeuille"]
    lines = {name: [one.value for one in sheet[find(sheet, name).row]] for name in ("FP-D1", "FP-D2")}
    assert {"batterie", "MACF : acier et fonte", "Électrique et électronique"} <= set(lines["FP-D1"])
    assert lines["FP-D2"].count("non étiqueté") == 2
    assert "famille non reconnue" in lines["FP-D2"]
    assert "non connu" in lines["FP-D2"], "an unknown value is said, not left to be read as nought"


# ---- white spots ----


def white(written, example, links, **changed):
    return written(requirements=framed(tables.REQUIREMENTS, links), **changed)


@pytest.mark.parametrize(
    ("links", "state", "expected"),
    [
        ([], "", "Aucun procédé n'est demandé ni reconnu"),
        (["P-GRIND"], "", "Aucun site des fichiers n'a : rectification."),
        (["P-FORGE"], "", "Des sites peuvent avoir ces procédés"),
        (["P-FORGE"], "met", "Les procédés existent ; d'autres critères manquent."),
    ],
)
def test_why_nobody_was_found(written, example, links, state, expected):
    sites = [{**asked("S1", one), "supplier_id": "S1"} for one in ("P-FORGE",)]
    reasons = [
        {"need_id": "D2", "supplier_id": "S1", "criterion": "main_process", "state": state},
        {"need_id": "D2", "supplier_id": "S1", "criterion": "material_near", "state": "failed"},
    ]
    book = white(
        written, example, [asked("D2", one) for one in links],
        capabilities=framed(tables.CAPABILITIES, sites), reasons=framed(tables.REASONS, reasons if state else []),
    )  # fmt: skip
    sheet = book["Zones blanches"]
    row = find(sheet, "FP-D2")
    assert row.hyperlink.location == "'FP-D2'!A1"
    why = sheet.cell(row.row, 6).value
    assert why.startswith(expected)
    assert ("d'une autre matière : 1" in why) == (state == "met")
    assert find(sheet, "Besoins sans acteur : 1 sur 3")
    assert any("n'est pas l'absence dans le pays" in text for text in texts(sheet))


def test_the_page_of_processes_names_needs_and_sites_and_prints(written, example):
    sites = [{**asked("S1", "P-FORGE"), "supplier_id": "S1"}]
    book = white(
        written, example, [asked("D2", "P-GRIND"), asked("D1", "P-FORGE")],
        capabilities=framed(tables.CAPABILITIES, sites),
    )  # fmt: skip
    sheet = book["Procédés"]
    rows = {sheet.cell(row, 1).value: [one.value for one in sheet[row]] for row in range(1, sheet.max_row + 1)}
    assert rows["rectification"][1:9] == ["aucun site", 1, 0, 0, 0, 0, 1, "D2"]
    assert rows["forge"][1:10] == ["un seul site", 1, 0, 1, 0, 0, 0, "D1", "Atelier Démo Un"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.print_title_rows
    assert sheet.auto_filter.ref
    english = white(written, example, [asked("D2", "P-GRIND")], capabilities=tables.empty(tables.CAPABILITIES))
    assert find(english["Synthèse"], "rectification")


def test_processes_are_named_in_the_language_of_the_reader(tmp_path, example):
    changed = {"requirements": framed(tables.REQUIREMENTS, [asked("D2", "P-GRIND")])}
    write_project_sheets(tmp_path / "s.xlsx", example | changed, "en", 10, "")
    assert find(openpyxl.load_workbook(tmp_path / "s.xlsx")["Processes"], "grinding")


def test_pages_are_the_same_whatever_the_order_of_the_rows(tmp_path, example):
    turned = {name: frame.iloc[::-1].reset_index(drop=True) for name, frame in example.items()}
    turned["opportunities"] = example["opportunities"]
    found = []
    for name, made in (("a", example), ("b", turned)):
        write_project_sheets(tmp_path / f"{name}.xlsx", made, "fr", 10, "")
        book = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")
        found.append([texts(book[page]) for page in ("Synthèse", "Portefeuille", "Zones blanches", "Procédés")])
    assert found[0] == found[1]


def test_a_family_of_the_project_that_looks_like_a_formula_stays_text(tmp_path, example):
    links = [{**asked("D1", "OWN", "component", field="component"), "label": "=1+1"}]
    path = tmp_path / "s.xlsx"
    write_project_sheets(path, example | {"requirements": framed(tables.REQUIREMENTS, links)}, "fr", 10, "")
    book = openpyxl.load_workbook(path)
    cells = [one for name in ("Synthèse", "Portefeuille") for row in book[name].iter_rows() for one in row]
    shown = [one for one in cells if one.value == "=1+1"]
    assert shown
    assert all(one.data_type == "s" for one in shown)
    with zipfile.ZipFile(path) as archive:
        charts = "".join(archive.read(one).decode() for one in archive.namelist() if one.startswith("xl/charts/chart"))
    assert "<c:f>1+1</c:f>" not in charts
