"""Trade files and input-output tables of a job; every file is made up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xlsxwriter

from integrator import config
from integrator.errors import InputRefused, UsageError
from integrator.intake.whole_tables import WholeTables, read_whole_tables

TRADE = "Code SH;Valeur en milliers de DH\n854430;12,5\n870829;7\n"
ECONOMY = "secteur;auto;métal\nauto;0,1;0\nmétal;0,3;0,2\nimportations;0,4;0,3\n"


def job(folder: Path, text: str) -> config.Config:
    (folder / "job.toml").write_text(text, encoding="utf-8")
    return config.load(folder / "job.toml")


def read(folder: Path, text: str) -> WholeTables:
    return read_whole_tables(job(folder, text))


def refusals(folder: Path, text: str) -> str:
    with pytest.raises(InputRefused) as caught:
        read(folder, text)
    return "\n".join(map(str, caught.value.problems))


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert read(tmp_path, "") == WholeTables()


@pytest.mark.parametrize("name", ["exports.csv", "trade/exports.csv"])
def test_the_job_says_what_a_trade_file_does_not(tmp_path: Path, name: str) -> None:
    (tmp_path / "trade").mkdir()
    (tmp_path / "trade" / "exports.csv").write_text(TRADE, encoding="utf-8")
    found = read(tmp_path, f'[inputs]\ntrade = ["trade"]\n[trade]\n"{name}" = {{flow = "export", year = 2023}}\n')
    assert found.trade is not None
    assert found.trade.frame[["year", "country", "hs6", "flow", "value"]].to_numpy().tolist() == [
        [2023, "MA", "854430", "export", 12_500.0],
        [2023, "MA", "870829", "export", 7_000.0],
    ]
    (count,) = found.counts
    assert (count.file, count.kind, count.rows, count.used) == ("trade/exports.csv", "trade", 2, 2)


def test_e10_a_trade_file_that_says_no_year_or_flow_is_refused_with_what_to_say(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(TRADE, encoding="utf-8")
    said = refusals(tmp_path, '[inputs]\ntrade = ["a.csv"]\n')
    assert "neither a column nor the job says the year" in said
    assert "[trade]" in said
    said = refusals(tmp_path, '[inputs]\ntrade = ["a.csv"]\n[trade]\n"a.csv" = {year = 2023}\n')
    assert "says the flow" in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"b.csv" = {year = 2023}', "'b.csv' is no trade file of this job; its trade files are: a.csv, x/a.csv"),
        ('"a.csv" = {years = 2023}', "unknown key 'trade.a.csv.years': did you mean 'year'"),
        ('"a.csv" = {flow = "both"}', "trade.a.csv.flow"),
        ('"a.csv" = {year = 23}', "trade.a.csv.year"),
        ('"a.csv" = {country = "Maroc"}', "trade.a.csv.country"),
    ],
)
def test_what_does_not_fit_in_the_job_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "x").mkdir()
    for name in ("a.csv", "x/a.csv"):
        (tmp_path / name).write_text(TRADE, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read(tmp_path, f'[inputs]\ntrade = ["a.csv", "x/a.csv"]\n[trade]\n{text}\n')
    assert words in str(caught.value)


def test_a_name_that_two_files_have_is_asked_for_whole(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.csv").write_text(TRADE, encoding="utf-8")
    with pytest.raises(UsageError, match="names 2 trade files"):
        read(tmp_path, '[inputs]\ntrade = ["x", "y"]\n[trade]\n"a.csv" = {year = 2023}\n')


def test_hidden_trade_sheets_are_passed_over(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    for name in ("Visible", "Cachée"):
        page = book.add_worksheet(name)
        page.write_row(0, 0, ["t", "i", "j", "k", "v"])
        page.write_row(1, 0, [2022, 504, 250, 854430, 1])
    page.hide()
    book.close()
    text = '[inputs]\ntrade = ["a.xlsx"]\n'
    found = read(tmp_path, text)
    assert [(problem.code, problem.sheet) for problem in found.problems] == [("hidden_sheet", "Cachée")]
    assert found.counts[0].rows == 1
    assert read(tmp_path, f"{text}include_hidden = true\n").counts[0].rows == 2


def test_an_input_output_table_is_an_economy(tmp_path: Path) -> None:
    (tmp_path / "tes.csv").write_text(f"Tableau inventé\n\n{ECONOMY}", encoding="utf-8")
    found = read(tmp_path, '[inputs]\ninput_output = "tes.csv"\n')
    assert found.economy is not None
    assert found.economy.sectors == ("auto", "métal")
    assert np.allclose(found.economy.domestic, [[0.1, 0], [0.3, 0.2]])
    assert np.allclose(found.economy.imported, [0.4, 0.3])
    (count,) = found.counts
    assert (count.kind, count.header_row, count.rows, count.used) == ("input_output", 3, 3, 3)


def test_a_workbook_has_its_table_on_the_first_sheet_that_is_not_blank(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "tes.xlsx"))
    book.add_worksheet("Vide")
    page, other = book.add_worksheet("TES"), book.add_worksheet("Notes")
    page.write_row(1, 0, ["", "auto"])
    page.write_row(2, 0, ["auto", 0.1])
    page.write_row(3, 0, ["importations", 0.4])
    other.write(0, 0, "fichier inventé")
    book.close()
    found = read(tmp_path, '[inputs]\ninput_output = "tes.xlsx"\n')
    assert found.economy is not None
    assert found.economy.sectors == ("auto",)
    assert [(problem.code, problem.sheet) for problem in found.problems] == [("other_sheet", "Notes")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ECONOMY.replace("0,3;0,2", "0,3;"), "row 3, column 'métal': the cell is blank"),
        (ECONOMY.replace("auto;métal", "auto;AUTO"), "the sector 'AUTO' has two columns"),
        (ECONOMY.replace("auto;métal", "auto;"), "a column of the table has no sector"),
        (ECONOMY.replace("importations", "autre"), "the row 'autre' is no column of the table"),
        ("\n", "no visible sheet holds anything"),
        ("un titre\n", "no line names sectors"),
    ],
)
def test_e11_an_input_output_table_that_cannot_be_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "tes.csv").write_text(text, encoding="utf-8")
    assert words in refusals(tmp_path, '[inputs]\ninput_output = "tes.csv"\n')


def test_e12_the_refusals_of_all_files_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x;y\n1;2\n", encoding="utf-8")
    text = '[inputs]\ntrade = ["a.csv", "missing.csv"]\ninput_output = "none.csv"\n'
    said = refusals(tmp_path, text)
    assert all(name in said for name in ("a.csv", "missing.csv", "none.csv"))
    (tmp_path / "b.csv").write_text(ECONOMY, encoding="utf-8")
    assert "it names 2 files" in refusals(tmp_path, '[inputs]\ninput_output = "*.csv"\n')
