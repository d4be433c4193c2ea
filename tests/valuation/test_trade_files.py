"""Made-up trade files of each shape; no figure here is of any country."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator.errors import InputRefused
from integrator.valuation.reading.trade_files import COLUMNS, Told, TradeTable, merged, read_trade
from integrator.valuation.reading.trade_shapes import country_code, meaning
from integrator.valuation.trade_position import NAMES, position, trade_of

COMTRADE = """freqCode,refYear,reporterISO,flowCode,partnerISO,partner2Code,classificationCode,\
cmdCode,customsCode,motCode,primaryValue
A,2022,MAR,M,W00,0,H6,854430,C00,0,1000.5
A,2022,MAR,M,ESP,0,H6,854430,C00,0,600
A,2022,MAR,M,FRA,0,H6,854430,C00,0,400.5
A,2022,MAR,X,ESP,0,H6,854430,C00,0,70
A,2022,MAR,X,FRA,0,H6,854430,C00,0,30
A,2022,MAR,RX,W00,0,H6,854430,C00,0,5
A,2022,MAR,M,W00,0,H6,8544,C00,0,9999
A,2022,MAR,M,W00,0,H6,TOTAL,C00,0,99999
A,2022,MAR,M,W00,0,S4,77313,C00,0,1
M,2022,MAR,M,W00,0,H6,854430,C00,0,12
A,2022,MAR,?,W00,0,H6,870829,C00,0,12
A,2022,MAR,M,W00,0,H6,part,C00,0,12
A,2022,MAR,M,W00,0,H6,870829,C00,0,-3
A,2022,MAR,M,W00,0,H6,870829,C00,0,many
A,,MAR,M,W00,0,H6,870829,C00,0,12
A,2022,,M,W00,0,H6,870829,C00,0,12
A,2022,MAR,M,W00,0,H6,10121,C00,0,8
"""
FORMER = """Classification,Year,Trade Flow,Reporter Code,Reporter,Reporter ISO,Partner,Commodity Code,Trade Value (US$)
HS,2019,Import,504,Morocco,MAR,World,870829,"1,234,567"
HS,2019,Export,504,Morocco,MAR,World,870829,500
"""
BACI = """t,i,j,k,v,q
2021,504,724,854430,4200,NA
2021,251,504,854430,1.5,2
2021,788,504,854430,0.5,
2021,504,,854430,1,1
"""


def read(folder: Path, text: str, told: Told | None = None, name: str = "trade.csv") -> TradeTable:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_trade(path, name, told)


def values(table: TradeTable) -> dict[tuple[int, str, str, str, str], float]:
    key = ["year", "country", "hs6", "flow", "currency"]
    return {tuple(row): value for *row, value in table.frame[[*key, "value"]].itertuples(index=False)}  # type: ignore[misc]


def test_comtrade_counts_nothing_twice(tmp_path: Path) -> None:
    table = read(tmp_path, COMTRADE)
    assert tuple(table.frame.columns) == COLUMNS
    assert values(table) == {
        (2022, "MA", "010121", "import", "USD"): 8,
        (2022, "MA", "854430", "export", "USD"): 100,
        (2022, "MA", "854430", "import", "USD"): 1000.5,
    }
    assert (table.rows, table.used) == (17, 4)


def test_every_line_not_used_says_why_and_where(tmp_path: Path) -> None:
    table = read(tmp_path, COMTRADE)
    found = {(one.row, one.code, one.column) for one in table.problems}
    assert found == {
        (3, "trade_part", ""), (4, "trade_part", ""), (7, "trade_level", "flowCode"), (8, "trade_level", "cmdCode"),
        (9, "trade_level", "cmdCode"), (10, "trade_classification", "classificationCode"),
        (11, "trade_frequency", "freqCode"), (12, "trade_flow", "flowCode"), (13, "trade_code", "cmdCode"),
        (14, "trade_value", "primaryValue"), (15, "trade_value", "primaryValue"), (16, "trade_year", "refYear"),
        (17, "trade_country", "reporterISO"),
    }  # fmt: skip
    assert len({one.row for one in table.problems}) + table.used == table.rows
    sentence = next(str(one) for one in table.problems if one.row == 13)
    assert sentence == "trade.csv, row 13, column 'cmdCode': no code of the Harmonized System: correct the code."


def test_the_former_comtrade(tmp_path: Path) -> None:
    assert values(read(tmp_path, FORMER)) == {
        (2019, "MA", "870829", "export", "USD"): 500,
        (2019, "MA", "870829", "import", "USD"): 1_234_567,
    }


def test_baci_speaks_of_both_sides_in_thousands(tmp_path: Path) -> None:
    table = read(tmp_path, BACI)
    assert values(table) == {
        (2021, "ES", "854430", "import", "USD"): 4_200_000,
        (2021, "FR", "854430", "export", "USD"): 1500,
        (2021, "MA", "854430", "export", "USD"): 4_200_000,
        (2021, "MA", "854430", "import", "USD"): 2000,
        (2021, "TN", "854430", "export", "USD"): 500,
    }
    assert [(one.row, one.code, one.column) for one in table.problems] == [(5, "trade_country", "j")]


def workbook(path: Path, rows: list[list[object]]) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Données")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.add_worksheet("Lisez-moi").write(0, 0, "fichier inventé")
    book.close()


def test_a_national_workbook_with_years_in_columns(tmp_path: Path) -> None:
    path = tmp_path / "oc.xlsx"
    rows: list[list[object]] = [
        ["Commerce extérieur (fichier inventé)"],
        ["Flux", "Position tarifaire", "Libellé", "Pays", "Valeur MDH 2021", "Valeur MDH 2022", "Poids kg 2022"],
        ["Importations", "8544.30.00.10", "faisceaux", "Espagne", 1.5, 2, 10],
        ["Importations", 8544300090, "faisceaux", "France", "", "1,25", 10],
        ["Exportations", 8708290000, "parties", "Espagne", 3, "", 10],
    ]
    workbook(path, rows)
    table = read_trade(path, "oc.xlsx")
    assert values(table) == {
        (2021, "MA", "854430", "import", "MAD"): 1.5e6,
        (2022, "MA", "854430", "import", "MAD"): 3.25e6,
        (2021, "MA", "870829", "export", "MAD"): 3e6,
    }
    assert [(one.code, one.sheet) for one in table.problems] == [("trade_sheet", "Lisez-moi")]
    assert (table.rows, table.used) == (3, 3)


def test_one_bad_year_of_a_line_is_a_warning_and_the_line_is_used(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Flux", "Position tarifaire", "Pays", "Valeur MDH 2021", "Valeur MDH 2022"],
        ["Importations", "8544300010", "Espagne", "beaucoup", 2],
        ["Importations", "8708290000", "Espagne", "beaucoup", "peu"],
    ]
    workbook(tmp_path / "oc.xlsx", rows)
    table = read_trade(tmp_path / "oc.xlsx", "oc.xlsx")
    said = {(one.row, one.severity) for one in table.problems if one.row}
    assert (table.rows, table.used) == (2, 1)
    assert said == {(2, "warning"), (3, "set_aside")}


def test_what_the_file_does_not_say_the_analyst_does(tmp_path: Path) -> None:
    text = "Code SH;Valeur en milliers de DH\n854430;12,5\n870829;1.234\n"
    for told, lacks in ((None, "year"), (Told(year=2022), "flow")):
        with pytest.raises(InputRefused, match=lacks):
            read(tmp_path, text, told)
    table = read(tmp_path, text, Told(2022, "import"))
    assert values(table) == {(2022, "MA", "854430", "import", "MAD"): 12_500}
    assert [(one.row, one.code) for one in table.problems] == [(3, "trade_value")]  # 1.234 has two readings


def test_the_signs_that_the_caller_names_are_used(tmp_path: Path) -> None:
    path = tmp_path / "oc.csv"
    path.write_bytes("Code SH~Année~Flux~Valeur en milliers de DH\n854430~2022~Importations~12,5\n".encode("cp1252"))
    table = read_trade(path, "oc.csv", encoding="cp1252", delimiter="~")
    assert values(table) == {(2022, "MA", "854430", "import", "MAD"): 12_500}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\n", "no column of a trade file is found"),
        ("refYear,reporterISO,cmdCode,primaryValue\n2022,MAR,854430,1\n", "the columns flow are not found"),
    ],
)
def test_a_file_of_no_known_shape_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputRefused, match=says):
        read(tmp_path, text)


def test_a_file_without_lines_is_empty_not_zero(tmp_path: Path) -> None:
    table = read(tmp_path, "t,i,j,k,v\n")
    assert table.frame.empty
    assert position(trade_of(table.frame), "MA", "8544")[0].missing == ("imports_of_8544",)


def test_two_files_are_never_added_up(tmp_path: Path) -> None:
    one = read(tmp_path, BACI, name="a.csv")
    same = read(tmp_path, BACI, name="b.csv")
    other = read(tmp_path, BACI.replace("4200", "4300"), name="c.csv")
    assert values(merged([same, one])) == values(one)
    table = merged([other, one])
    assert values(table) == values(one)
    assert [one.file for one in table.problems if one.code == "trade_conflict"] == ["a.csv", "a.csv"]
    assert merged([one, other]).frame.equals(table.frame)
    assert merged([]).frame.empty


CODES = ["854430", "870829", "850760"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["504", "724", "788"]), st.sampled_from(["250", "276"]), st.sampled_from(CODES),
            st.integers(0, 9999),
        ),
        min_size=1,
        max_size=25,
    ),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_the_order_of_lines_does_not_count(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str, str, int]], chance: object
) -> None:
    folder = tmp_path_factory.mktemp("trade")
    head = "t,i,j,k,v\n"
    table = read(folder, head + "".join(f"2021,{i},{j},{k},{v}\n" for i, j, k, v in lines))
    assert table.used == table.rows == len(lines)
    exports = table.frame[table.frame["flow"] == "export"]["value"].sum()
    assert exports == sum(1000 * v for *_, v in lines)
    chance.shuffle(lines)  # type: ignore[attr-defined]
    again = read(folder, head + "".join(f"2021,{i},{j},{k},{v}\n" for i, j, k, v in lines))
    assert again.frame.equals(table.frame)


def test_words_and_countries() -> None:
    assert [country_code(text) for text in ("504", "MAR", "Maroc", "012", "XK")] == ["MA", "MA", "MA", "DZ", "XK"]
    assert meaning("flow", "Réexportations") == "left_out"
    assert meaning("total", "Espagne") is None


def world(folder: Path) -> TradeTable:
    """Made-up exports of four countries in three codes, and imports of Morocco."""
    cells = {"504": (900, 10, 5), "788": (500, 20, 100), "724": (900, 900, 50), "276": (200, 2000, 900)}
    lines = [f"2021,{c},840,{k},{v}" for c, row in cells.items() for k, v in zip(CODES, row, strict=True)]
    return read(folder, "\n".join(["t,i,j,k,v", *lines, "2021,724,504,854430,40", "2020,724,504,854430,7", ""]))


def test_figures_of_a_sheet(tmp_path: Path) -> None:
    trade = trade_of(world(tmp_path).frame)
    assert (trade.year, trade.currency) == (2021, "USD")
    figures = dict(zip(NAMES, position(trade, "MA", "8544.30"), strict=True))
    assert all(one.value is not None for one in figures.values())
    value = figures["import_value"]
    assert (value.value and value.value.point, value.unit, value.note) == (40_000, "USD/year", "2021")
    assert value.inputs[0].source == "trade.csv"
    level = trade.levels[6]
    at = level.countries.index("MA"), level.products.index("854430")
    rca = figures["rca"]
    assert rca.value is not None
    assert rca.value.point == level.space.rca[at]
    shares = {one.name: one.value.low for one in rca.inputs}
    own = shares["exports_of_MA[854430]"] / shares["exports_of_MA"]
    assert rca.value.point == pytest.approx(own / (shares["world_exports[854430]"] / shares["world_exports"]))
    assert position(trade, "MA", "8544")[1].value is not None  # a heading of four digits
    assert position(trade, "MA", "8544300010")[1] == rca


@pytest.mark.parametrize(
    ("country", "code", "missing"),
    [
        ("MA", "", ("hs_code",) * 4),
        ("MA", "85443", ("hs_code",) * 4),
        ("MA", "9999", ("imports_of_9999", *["exports_of_9999"] * 3)),
        ("JP", "8544", ("imports_of_8544", *["exports_of_JP"] * 3)),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, country: str, code: str, missing: tuple[str, ...]) -> None:
    figures = position(trade_of(world(tmp_path).frame), country, code)
    assert tuple(one.missing[0] for one in figures) == missing
    assert all(one.value is None for one in figures)


def test_without_a_file_or_other_countries(tmp_path: Path) -> None:
    assert {one.missing for one in position(None, "MA", "8544")} == {("trade_file",)}
    alone = read(tmp_path, "Code SH;Flux;Année;Valeur DH\n854430;Export;2022;5\n854430;Import;2022;9\n")
    figures = position(trade_of(alone.frame), "MA", "854430")
    assert figures[0].value is not None
    assert [one.missing for one in figures[1:]] == [("exports_of_other_countries",)] * 3
