"""Figures, sums and dates of cells: tables of expected readings, and what Babel writes read back."""

from __future__ import annotations

import datetime
import itertools
import math
import re
from collections import defaultdict
from pathlib import Path

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from integrator.data import read
from integrator.text.dates import read_date
from integrator.text.numbers import Decimal
from integrator.text.periods import Period
from integrator.text.quantities import About, read_by_grammar
from integrator.text.shapes import read_quantities

FOLDER = Path(__file__).parent
LOCALES = ("fr", "fr_MA", "en", "en_GB", "de", "es", "ar", "ar_MA")
READ_AS: dict[str, About] = {
    "headcount": "headcount", "annual_capacity": "volume", "annual_volume": "volume", "machines": "machines",
    "revenue": "money", "investment": "money", "revenue_or_investment": "money", "annual_value": "money",
    "unit_price": "money",
}  # fmt: skip
ABOUT: tuple[About, ...] = ("headcount", "money", "volume", "machines")


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        rows = list(read(stream, name))
    return [row | {"text": re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), row["text"])} for row in rows]


def _cells() -> list[list[dict[str, str]]]:
    cases = defaultdict(list)
    for row in _rows("quantity_cases.csv"):
        cases[row["case"]].append(row)
    return list(cases.values())


@pytest.mark.parametrize("rows", [pytest.param(r, id=f"{r[0]['case']} {r[0]['text']}") for r in _cells()])
def test_figures_of_a_cell(rows: list[dict[str, str]]) -> None:
    about = READ_AS[rows[0]["field"]]
    reading = read_quantities(rows[0]["text"], about, rows[0]["unit_cell"])
    said = [
        (
            "" if q.low is None else f"{q.low:.15g}", "" if q.high is None else f"{q.high:.15g}", q.unit, q.period,
            q.basis, str(q.year or ""), "yes" if q.approximate else "",
        )
        for q in reading.values
    ]  # fmt: skip
    columns = ("low", "high", "unit", "period", "basis", "year", "approximate")
    assert said == [tuple(row[column] for column in columns) for row in rows if row["value"] != "0"]


@pytest.mark.parametrize("row", [pytest.param(r, id=f"{r['about']} {r['text']}") for r in _rows("unread_cases.csv")])
def test_what_is_left_of_a_cell_is_told(row: dict[str, str]) -> None:
    about: About = row["about"]  # type: ignore[assignment]
    for reading in (read_quantities(row["text"], about), read_by_grammar(row["text"], about)):
        assert " | ".join(reading.unread) == row["unread"]


@pytest.mark.parametrize(("decimal", "value"), [("", None), (",", 1.234), (".", 1234.0)])
def test_the_sign_of_the_column_settles_two_readings(decimal: Decimal, value: float | None) -> None:
    reading = read_quantities("1,234 t", "volume", "", decimal)
    assert [(one.low, one.unit) for one in reading.values] == ([] if value is None else [(value, "t")])
    assert bool(reading.unread) == (value is None)


def test_the_table_holds_enough_published_cells() -> None:
    published = {row["text"] for row in _rows("quantity_cases.csv") if not row["source"].startswith("made-up")}
    assert len(published) >= 200


@pytest.mark.parametrize("row", [pytest.param(r, id=f"{r['case']} {r['text']}") for r in _rows("date_cases.csv")])
def test_dates(row: dict[str, str]) -> None:
    period = read_date(row["text"])
    found = (period.start.isoformat(), period.end.isoformat(), period.precision, period.open) if period else ("",) * 4
    assert found == (row["start"], row["end"], row["precision"], row["open"])


def test_a_serial_is_a_date_only_in_a_date_column() -> None:
    assert read_date("45363") is None
    for cell, day in (("45363", (2024, 3, 12)), ("18264", (1950, 1, 1)), ("54788.0", (2049, 12, 31))):
        assert read_date(cell, serial=True) == Period(datetime.date(*day), datetime.date(*day), "day")
    assert read_date("18263", serial=True) is None
    assert read_date("54789", serial=True) is None


def test_a_date_with_any_number_of_pluses_is_one_from_then_on() -> None:
    since = read_date("2025+")
    assert since is not None
    assert read_date("2025" + "+" * 30_000) == read_date("2025 + +") == since
    assert read_date("+" * 30_000) is None


@given(
    st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False),
    st.sampled_from(LOCALES),
    st.sampled_from(("MDH", "EUR", "$")),
)
@settings(max_examples=300)
def test_a_sum_that_babel_writes_is_read_back(value: object, locale: str, currency: str) -> None:
    written = format_decimal(value, locale=locale, format="#,##0.##")  # type: ignore[arg-type]
    reading = read_quantities(f"{written} {currency}", "money")
    factor = 1e6 if currency == "MDH" else 1.0
    if reading.values:
        assert math.isclose(reading.values[0].low or 0.0, float(value) * factor)  # type: ignore[arg-type]
    else:  # one group of three digits: 1,234 is 1234 or 1.234
        assert reading.unread
        assert written.count(",") + written.count(".") == 1


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2049, 12, 31)), st.sampled_from(("fr", "en_GB", "ar_MA")))
@settings(max_examples=300)
def test_a_date_that_babel_writes_is_read_back(day: datetime.date, locale: str) -> None:
    for style in ("long", "full"):
        period = read_date(format_date(day, style, locale=locale))  # type: ignore[arg-type]
        assert period is not None
        assert (period.start, period.end, period.precision) == (day, day, "day")


@given(st.text(max_size=40) | st.text(alphabet="0123456789 .,/-–+>()%;:kMT€$àmdhpièces \n", max_size=30))
@settings(max_examples=500)
def test_any_text_is_read_without_fault_and_every_figure_has_an_end(text: str) -> None:
    for about in ABOUT:
        reading = read_quantities(text, about)
        assert all(q.low is not None or q.high is not None for q in reading.values)
        assert all(q.low is None or q.high is None or q.low <= q.high for q in reading.values)
    read_date(text)


@given(st.integers(1, 10**9), st.sampled_from(("env. {}", "> {}", "{}+", "moins de {}", "{} (visé)", "{} t/an")))
def test_a_qualified_figure_is_never_a_plain_one(number: int, pattern: str) -> None:
    assume(not 1950 <= number < 2050)
    (value,) = read_quantities(pattern.format(number), "volume").values
    plain = read_quantities(str(number), "volume").values[0]
    assert value.raw != plain.raw
    assert (value.low, value.high, value.approximate, value.basis, value.unit) != (
        plain.low, plain.high, plain.approximate, plain.basis, plain.unit,
    )  # fmt: skip
    assert number in (value.low, value.high)


_TAILS = sorted({re.sub(r"^\D*\d+", "", row["text"], count=1) for row in _rows("quantity_cases.csv")})


_HEADS = sorted({re.match(r"\D*", row["text"])[0] for row in _rows("quantity_cases.csv")})  # type: ignore[index]


@settings(max_examples=2000)
@given(
    st.integers(min_value=1, max_value=10**9),
    st.sampled_from(("{}", "{:_}")),
    st.sampled_from((" ", "\u00a0", "\u202f")),
    st.just("") | st.sampled_from(_HEADS),
    st.sampled_from(_TAILS)
    | st.sampled_from(("", " lignes, une centaine de pièces", "e usine", " % (2 MDH)", "+", " MDH")),
    st.sampled_from(ABOUT),
    st.sampled_from(("", "MMAD", "t/an", "pièces")),
)
def test_a_shape_gives_what_the_grammar_gives(
    figure: int, grouping: str, gap: str, head: str, tail: str, about: About, unit: str
) -> None:
    text = head + grouping.format(figure).replace("_", gap) + tail
    assert read_quantities(text, about, unit) == read_by_grammar(text, about, unit)


_CELLS = sorted({row["text"] for row in _rows("quantity_cases.csv")})
_FIGURE = re.compile(r"\d+")


@settings(max_examples=2000)
@given(
    st.lists(st.sampled_from(_CELLS), min_size=1, max_size=2),
    st.sampled_from(("; ", ", ", " ", "\n", " (", " - ", " + ")),
    st.lists(st.integers(1, 9999) | st.sampled_from((1, 2, 20, 400, 400, 1000, 2024)), min_size=1, max_size=6),
    st.sampled_from(ABOUT),
    st.sampled_from(("", "MMAD", "t/an", "pièces")),
    st.sampled_from(("", ",", ".")),
)
def test_a_shape_of_several_figures_gives_what_the_grammar_gives(
    cells: list[str], between: str, figures: list[int], about: About, unit: str, decimal: Decimal
) -> None:
    drawn = itertools.cycle(figures)
    text = _FIGURE.sub(lambda _: str(next(drawn)), between.join(cells))
    assert read_quantities(text, about, unit, decimal) == read_by_grammar(text, about, unit, decimal)
