"""Pages of grades, weights, formulas and support measures, from the shipped tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from markdown import code, page, sentence, table

from integrator import data

PAGE = re.compile(r"docs/([\w-]+\.md)")
GRADES = """A grade says what a match is by rules, whatever its score. Rules are tried from the top; the first whose
conditions all hold gives the grade. A condition is the least value of a [feature](../features.md); one marked *or
unknown* fails only on a known lower value. An unknown feature meets no other condition: unknown is not no
([unknown.md](../unknown.md)).

The rules stand in `src/integrator/data/ranking/grades.csv`; how to change one: [own-rules.md](../own-rules.md)."""
SCORECARD = """The score of a pair is the sum of weight x value, an unknown value counting as *unknown as*. It is
what the scorecard alone ranks by and what every trained ranker starts from ([ladder.md](../ladder.md)). Weights are
assumptions of the authors; how to change one: [own-weights.md](../own-weights.md). *Met from* and *failed below* are
what people are shown; between them stands a question."""
FORMULAS = """What stands in `values.csv`, and the numbers of the other tables of a valuation. `money` is the
currency of the price, a share is 0 to 1. Each formula is a pure function in `src/integrator/valuation/`; its page
says where it comes from and what it leaves out."""
RATES = """p = price of a line, l = 1 when its plant is in the country, d = domestic value added in it, Q = sum of p,
A = assembly, G = margin and overhead, E = Q + A + G, X = the set left out. Why there are six:
[value-rates.md](../value-rates.md)."""
RISES = {"up": "higher", "down": "lower"}
SUPPORT = """Conditions as they were read in reports on the Investment Charter; *read whole* no: even a met condition
is "to be confirmed". None was read in the decree itself ([value-support.md](../value-support.md)). The measures
stand in `src/integrator/data/valuation/support_rules.csv`; how to change one: [own-rules.md](../own-rules.md)."""


def grades() -> str:
    """The rules of grades in their order."""
    rows = [
        (row["grade"], code(row["rule"]), "; ".join(_conditions(row)), row["basis_en"]) for row in _of("ranking/grades")
    ]
    return page("Grades", GRADES, table(["grade", "rule", "all of", "what the sheet says"], rows))


def _conditions(row: Mapping[str, str]) -> Iterator[str]:
    for name, least in row.items():
        if name in ("grade", "rule") or name.startswith("basis_") or not least:
            continue
        yield f"`{name}` from {least.rstrip('?')}" + (" or unknown" if least.endswith("?") else "")


def scorecard() -> str:
    """The weights."""
    header = ["feature", "weight", "unknown as", "met from", "failed below", "why"]
    names = ("weight", "neutral", "met_from", "failed_below", "rationale")
    parts = [
        table(header, [(code(row["feature"]), *(row[name] for name in names)) for row in _of(f"ranking/{file}")])
        for file in ("scorecard", "scorecard_meaning")
    ]
    extra = "With `semantic`, this line joins in and the others shrink so that the sum stays:"
    return page("The scorecard", SCORECARD, parts[0], extra, parts[1])


def formulas() -> str:
    """Figures and columns of a valuation."""
    figures = [
        (code(row["figure"]), row["name_en"], row["unit"], row["formula"], _linked(row["source"]))
        for row in _of("valuation/figures")
    ]
    numbers = [
        (code(row["table"]), ", ".join(code(one) for one in row["columns"].split(";")), row["unit"], row["formula"],
         _linked(row["source"]))
        for row in _of("valuation/columns")
    ]  # fmt: skip
    rates = [
        (row["rate"], row["name_en"], code(row["formula"]), RISES[row["better"]]) for row in _of("valuation/rates")
    ]
    return page(
        "Formulas", FORMULAS, "## Figures", table(["figure", "name", "unit", "formula", "source"], figures),
        "## Numbers of other tables", "`{column}` is what that column of the row says.",
        table(["table", "columns", "unit", "formula", "source"], numbers),
        "## Rates", RATES, table(["rate", "name", "formula", "better"], rates),
    )  # fmt: skip


def support() -> str:
    """Measures of support."""
    rows = [
        (code(row["measure"]), row["name_en"], row["condition"] or "not known", _premium(row), row["public"],
         sentence(row["note"]))
        for row in _of("valuation/support_rules")
    ]  # fmt: skip
    header = ["measure", "name", "condition", "premium on the investment", "read whole", "note"]
    return page("Support measures", SUPPORT, table(header, rows))


def _premium(row: Mapping[str, str]) -> str:
    low, high = float(row["low"] or 0), float(row["high"] or 0)
    ends = f"{low:.0%}" if low == high else f"{low:.0%} to {high:.0%}"
    return ends + (f", all at most {float(row['cap']):.0%}" if row["cap"] else "")


def _of(name: str) -> tuple[Mapping[str, str], ...]:
    return data.rows(f"{name}.csv")


def _linked(text: str) -> str:
    return PAGE.sub(r"[\1](../\1)", text)
