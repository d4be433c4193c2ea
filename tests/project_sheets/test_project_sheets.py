"""The workbook of project sheets, read back as a person would open it."""

from __future__ import annotations

import re
import time
import zipfile

import openpyxl
import pandas as pd
import pytest
from reading_back import texts

from integrator import tables
from integrator.project_sheets import write_project_sheets


def find(sheet, text):
    """The first cell whose text begins so."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith(text):
                return cell
    raise AssertionError(f"{text!r} is not on sheet {sheet.title}: {texts(sheet)}")


def test_one_sheet_a_need_after_the_overview_and_the_list(written):
    sheets = ["FP-D1", "FP-D2", "FP-D3"]
    french, english = written().sheetnames, written("en").sheetnames
    assert (french[:2], french[-3:]) == (["Synthèse", "Portefeuille"], sheets)
    assert (english[:2], english[-3:]) == (["Overview", "Portfolio"], sheets)


def test_portfolio_has_a_line_and_a_link_a_need(written):
    sheet = written()["Portefeuille"]
    link = find(sheet, "FP-D1")
    assert link.hyperlink.location == "'FP-D1'!A1"
    line = [cell.value for cell in sheet[link.row]]
    assert line[:5] == ["FP-D1", "support de batterie (démo)", "Support embouti", "Constructeur Démo", 1250000]
    assert "8708.29" in line
    assert "fabrique déjà" in line
    assert 'Atelier Démo Un\n=HYPERLINK("http://example.org","cliquer")\nMoulage Démo Trois' in line
    assert 37.5 in line
    missing = [cell.value for cell in sheet[find(sheet, "FP-D2").row]]
    assert "non chiffrable : manque volume annuel, prix unitaire" in missing
    assert missing[4] is None, "an unknown volume is blank, never zero"


def test_portfolio_counts_needs_by_best_grade(written):
    sheet = written()["Portefeuille"]
    above = {cell.value: sheet.cell(cell.row - 1, cell.column).value for cell in sheet[5] if cell.value}
    assert above["besoins"] == 3
    assert above["avec un acteur qui fabrique déjà"] == 1
    assert above["avec un acteur de produit voisin"] == 1
    assert above["avec un acteur convertible"] == 0
    assert above["sans acteur identifié"] == 1


def test_portfolio_prints(written):
    sheet = written()["Portefeuille"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$7:$7"
    assert sheet.freeze_panes == "C8"
    assert sheet.auto_filter.ref.startswith("A7:")
    assert sheet.oddFooter.left.text.strip() == "2026-01-31"


def test_sheet_is_a4_portrait_and_links_back(written):
    sheet = written()["FP-D1"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 9)
    assert find(sheet, "← Portefeuille").hyperlink.location == "'Portefeuille'!A1"
    assert sheet.oddFooter.left.text.strip() == "FP-D1 2026-01-31"


@pytest.mark.parametrize(
    ("language", "need", "headings"),
    [
        (
            "fr",
            "FP-D1",
            "Le besoin|Solution industrielle|Acteurs susceptibles|Questions à poser|Valeur en jeu|Taux d'intégration"
            "|Produire ou|Origine|Capacités|Groupements|Emplois|Mesures|Étapes amont|Marché|Risques|Preuves",
        ),
        (
            "en",
            "FP-D2",
            "The need|Industrial solution|Nearest actors|Questions to ask|Value at stake|What is not known yet|Risks"
            "|Evidence",
        ),
    ],
)
def test_sections_are_numbered_in_order(written, language, need, headings):
    sheet = written(language)[need]
    rows = [find(sheet, f"{number}   {text}").row for number, text in enumerate(headings.split("|"), start=1)]
    assert rows == sorted(rows)


def test_a_maker_is_named_before_a_related_site_with_a_higher_score(written):
    sheet = written()["FP-D1"]
    names = [cell.value for cell in sheet["B"] if cell.value and cell.row > find(sheet, "3   Acteurs").row]
    order = [names.index(name) for name in ("Atelier Démo Un", "Moulage Démo Trois")]
    related = next(i for i, name in enumerate(names) if "Quatre" in name)
    assert max(order) < related


def test_every_actor_comes_with_strengths_gaps_and_unknowns(written):
    found = texts(written()["FP-D1"])
    after = found[found.index('=HYPERLINK("http://example.org","cliquer")') :]
    assert "déclare déjà cette pièce ; pièce : « supports emboutis » ; site en activité" in found, (
        "page one says it too"
    )
    assert after[2:9] == [
        "convertible",
        "Atouts",
        "procédé principal maîtrisé – procédé : « injection »",
        "Écarts",
        "matière différente : « acier ; tôle » demandée ; produits d'une autre famille",
        "Inconnu",
        "Détenez-vous le certificat « IATF 16949 » ?",
    ]


def test_a_question_is_said_once_with_the_names_it_concerns(written):
    found = texts(written()["FP-D1"])
    questions = found[found.index("4   Questions à poser") :]
    assert questions.count("Détenez-vous le certificat « IATF 16949 » ?") == 1


def test_nobody_is_an_opportunity_with_the_nearest_sites(written):
    found = texts(written()["FP-D2"])
    assert any(text.startswith("Aucun acteur identifié") and "investissement" in text for text in found)
    assert "3   Acteurs les plus proches et ce qui leur manque" in found
    assert "produits d'une autre famille" in found
    assert "à confirmer ; habituels pour cette pièce : montage en surface" in found
    assert any(text.startswith("Besoin sans source publique") for text in found)


def test_aggregate_says_so_and_is_not_called_an_investment_opportunity(written):
    found = texts(written()["FP-D3"])
    assert any(text.startswith("Agrégat statistique, à décomposer") for text in found)
    assert not any(text.startswith("Aucun acteur identifié") for text in found)


def test_estimates_and_quoted_amounts_are_marked(written):
    found = texts(written()["FP-D3"])
    assert "≈ 40\u202f000 t/an" in found
    assert "estimé (dérivé) (2020)" in found
    assert "investissement : 75 M USD (investissement)" in found


def test_gross_value_is_a_number_and_net_is_kept_apart(written):
    sheet = written()["FP-D1"]
    below = [cell for cell in sheet["A"] if cell.row > find(sheet, "5   Valeur").row]
    gross, net = (
        next(cell.row for cell in below if cell.value == text)
        for text in ("Importations substituées (brut)", "Valeur ajoutée locale (net)")
    )
    stored = written.stored["FP-D1"]
    assert [stored.cell(gross, column).value for column in (5, 7)] == [37500000, 37500000]
    assert [stored.cell(net, column).value for column in (5, 7)] == [13500000, 18000000]
    assert sheet.cell(gross, 5).number_format == r"[>=1000000]#\ ###\ ##0;[>=1000]#\ ##0;0.00"


@pytest.mark.parametrize("table", ["suppliers", "needs"])
def test_a_distance_from_a_position_that_is_not_verified_is_marked(written, example, table):
    marks = {}
    for verified in ("yes", "no"):
        sheet = written(**{table: example[table].assign(place_verified=verified)})["FP-D1"]
        (cell,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == 1204)
        marks[verified] = cell.number_format
    assert marks == {"yes": r"#\ ##0", "no": r'"≈ "#\ ##0'}


def test_french_and_english_number_formats(written):
    french, english = written()["Portefeuille"], written("en")["Portfolio"]
    row = find(french, "FP-D1").row
    assert {cell.number_format for cell in french[row]} >= {r"#\ ###\ ##0", r"0\ %"}
    assert {cell.number_format for cell in english[row]} >= {"#,##0", "0%"}
    assert "1\u202f250\u202f000 pièces/an" in texts(written()["FP-D1"])
    assert "1,250,000 parts/year" in texts(written("en")["FP-D1"])


def test_the_part_is_named_in_the_language_of_the_reader(written):
    assert "Fabrication locale : support de batterie (démo)" in texts(written()["FP-D1"])
    assert "Local production: battery bracket (demo)" in texts(written("en")["FP-D1"])
    assert "Local production: carte mémoire (démo)" in texts(written("en")["FP-D2"])


def test_evidence_names_file_sheet_cell_source_and_class(written):
    sheet = written()["FP-D1"]
    start = find(sheet, "16   Preuves").row
    link = next(cell for row in sheet.iter_rows(min_row=start) for cell in row if cell.hyperlink)
    assert link.hyperlink.target == "https://example.org/d1"
    found = texts(sheet)
    evidence = found[found.index("16   Preuves") :]
    assert "Journal démo (2024-02)" in evidence
    assert "besoins.xlsx [Besoins]" in evidence
    at = evidence.index("composant")
    assert evidence[at : at + 4] == ["composant", "support de batterie (démo)", "A2", "E4"]
    assert "fichier reçu, sans source indiquée" in texts(written()["FP-D2"])


def test_only_web_addresses_become_links(written):
    book = written()
    targets = [
        link.hyperlink.target for sheet in book for row in sheet.iter_rows() for link in row
        if link.hyperlink and link.hyperlink.target
    ]  # fmt: skip
    assert targets
    assert all(target.startswith("https://example.org/") for target in targets)
    assert "file:///etc/passwd" in texts(book["FP-D1"])


def test_no_text_of_the_inputs_is_a_formula_or_markup(written):
    book = written()
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    live = [cell for cell in cells if cell.data_type in ("f", "e")]
    assert live
    assert all(re.fullmatch(r"=(IF|IFERROR|COUNT|[A-Z]+[0-9]+|[-+*/^()=,>0-9]|\"\")+", cell.value) for cell in live)
    awake = [
        cell for cell in cells
        if cell.data_type != "f" and isinstance(cell.value, str) and cell.value.startswith(("=", "@"))
    ]  # fmt: skip
    assert awake
    assert all(cell.quotePrefix for cell in awake)
    assert any("<r>Démo & Quatre</r>" in text for text in texts(book["FP-D1"]))


def test_action_owner_and_date_are_there_to_fill_in(written):
    sheet = written()["FP-D1"]
    for label in ("Responsable", "Échéance"):
        cell = find(sheet, label)
        below = sheet.cell(cell.row + 1, cell.column)
        assert below.value is None
        assert below.fill.fgColor.rgb == "FFFFFBE6"


def test_top_limits_the_actors(written):
    book = written(top=1)
    found = texts(book["FP-D1"])
    assert "Atelier Démo Un" in found
    assert "2. " not in "".join(text[:3] for text in found), "one actor on page one"
    excluded = found[found.index("4   Candidats écartés et motif") :]
    assert any("Moulage Démo Trois" in text for text in excluded)
    assert any("Moulage Démo Trois" in text for text in texts(book["Portefeuille"])), "the portfolio still names three"


def test_portfolio_names_the_same_actors_in_the_same_order_as_the_sheet(written, example):
    matches = example["matches"].copy()
    matches.loc[(matches["need_id"] == "D1") & (matches["supplier_id"] == "S1"), "rank"] = 9
    book = written(matches=tables.check(tables.MATCHES, matches))
    named = next(text for text in texts(book["Portefeuille"]) if "Atelier Démo Un" in text).split("\n")
    first = [text[3:] for text in texts(book["FP-D1"]) if re.match(r"[123]\. ", text)]
    assert len(named) == len(first) == 3
    assert [name[:20] for name in named] == [name[:20] for name in first]
    assert "Quatre" not in "".join(first), "a related site is not named before those that could make the part"


def test_long_text_goes_on_in_the_next_rows_and_nothing_is_lost(written, example):
    needs = example["needs"].copy()
    long = " ".join(f"mot{number}" for number in range(9000))
    needs.loc[needs["need_id"] == "D1", "evidence"] = long
    sheet = written(needs=needs)["FP-D1"]
    found = texts(sheet)
    words = [word for text in found if text.startswith("mot") for word in text.split()]
    assert words == long.split()
    assert all((dimension.height or 15) <= 409 for dimension in sheet.row_dimensions.values())


def test_hostile_ids_still_give_sheets_that_the_links_reach(written, example):
    opportunities = example["opportunities"].copy()
    opportunities["sheet_id"] = ["../../etc/passwd", "a:b?*[x]", "A:B?*[X]"]
    book = written(opportunities=opportunities)
    links = [cell.hyperlink.location for cell in book["Portefeuille"]["A"] if cell.hyperlink]
    assert [f"'{name}'!A1" for name in book.sheetnames[-3:]] == links
    assert sorted(cell.hyperlink.location for cell in book["Axes"]["B"] if cell.hyperlink) == sorted(links)
    assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames)


def test_a_need_without_any_candidate_has_a_sheet(written, example):
    matches = example["matches"]
    alone = pd.concat([matches[matches["need_id"] != "D2"], pd.DataFrame([{"need_id": "D2", "supplier_id": ""}])])
    found = texts(written(matches=tables.check(tables.MATCHES, alone))["FP-D2"])
    assert "aucun site comparable parmi ceux qui sont connus" in found


def test_same_bytes_whatever_the_order_of_the_rows(tmp_path, example):
    shuffled = {name: frame.sample(frac=1, random_state=7) for name, frame in example.items()}
    shuffled["opportunities"] = example["opportunities"]
    for name, made in (("a", example), ("b", shuffled)):
        write_project_sheets(tmp_path / f"{name}.xlsx", made, "fr", 10, "2026-01-31")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_file_is_sound_xml(tmp_path, example):
    path = tmp_path / "sheets.xlsx"
    write_project_sheets(path, example, "fr", 10, "")
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert b"<r>D\xc3\xa9mo" not in archive.read("xl/sharedStrings.xml")
    assert openpyxl.load_workbook(path).properties.title == "Portefeuille de projets d'intégration locale"


def test_a_hundred_sheets_are_quick(tmp_path, example):
    """36 times the example: as many sheets as a usual job has. The limit is wide, for slow machines."""
    many = dict(example)
    for name, ids in (("needs", ["need_id"]), ("matches", ["need_id"]), ("opportunities", ["need_id", "sheet_id"])):
        copies = [example[name].assign(**{i: example[name][i] + f"-{n}" for i in ids}) for n in range(36)]
        many[name] = pd.concat(copies, ignore_index=True)
    start = time.process_time()
    write_project_sheets(tmp_path / "sheets.xlsx", many, "fr", 10, "")
    assert time.process_time() - start < 8


def test_a_learned_probability_stands_beside_the_grade_and_a_conflict_is_said(written, example):
    learned = example["matches"].assign(probability=0.42, conflict="niveau et chances se contredisent")
    sheet, plain = written(matches=learned)["FP-D1"], written()["FP-D1"]
    assert find(sheet, "Chances")
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Chances" and cell.row > 50)
    below = [cell for (cell,) in sheet.iter_rows(min_col=head.column, max_col=head.column) if cell.value == 0.42]
    assert below
    assert all("%" in cell.number_format for cell in below)
    assert find(sheet, "niveau et chances se contredisent")
    assert not any(text.startswith("Chances") for text in texts(plain))
