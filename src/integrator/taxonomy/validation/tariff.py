"""Tariff codes: every code a link names stands in the edition that the lexicon names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from integrator.errors import InputRefused, Problem
from integrator.taxonomy.model import Taxonomy
from integrator.taxonomy.validation.faults import fault as _fault
from integrator.workbooks import cell_text, read_book

FILE = "hs.csv"
EDITION = "HS2022"
"""Edition of the Harmonized System that the codes of links.csv belong to."""
Tariff = Sequence[Mapping[str, str]]
"""Lines with `edition`, `code`, `fr`, `en`."""
CODE_HEADINGS = ("code", "hs6", "hs_code", "hscode", "hs")
_CODE = re.compile(r"\d{4}(\.\d{2})?")
HEADING, SUBHEADING = 4, 6
"""Digits."""


def tariff_faults(taxonomy: Taxonomy, tariff: Tariff) -> Iterator[Problem]:
    """Codes of the wrong shape, codes that hs.csv does not hold, and lines of it that are unsound or unused."""
    listed = {row["code"] for row in tariff if row["edition"] == EDITION}
    used = set()
    for (source, relation), targets in taxonomy.links.items():
        for code in targets if relation == "hs" else ():
            used |= {code, code[:HEADING]}
            if not _CODE.fullmatch(code):
                yield _fault("links.csv", source, "hs", f"{code!r} is no HS code such as 8708 or 8708.29")
            elif code not in listed:
                yield _fault("links.csv", source, "hs_unknown", f"{code} does not stand in hs.csv for {EDITION}")
    yield from _line_faults(tariff, listed, used)


def _line_faults(tariff: Tariff, listed: set[str], used: set[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for row in tariff:
        code = row["code"]
        if not _CODE.fullmatch(code) or row["edition"] != EDITION or not (row["fr"] and row["en"]):
            wanted = f"a code, the edition {EDITION}, a French and an English label"
            yield _fault(FILE, code, "hs_line", f"the line does not hold {wanted}")
        if code in seen:
            yield _fault(FILE, code, "hs_line", "the code stands twice")
        if code[:HEADING] not in listed:
            yield _fault(FILE, code, "hs_line", f"its heading {code[:HEADING]} is missing")
        if code not in used:
            yield _fault(FILE, code, "hs_unused", "no link names it", "take the line out")
        seen.add(code)


def read_nomenclature(path: Path) -> frozenset[str]:
    """The codes of a full list of the Harmonized System as digits, from a table with a column `code` (or `hs6`, `hs`).

    Longer national codes count by their first six digits. Raises `InputRefused` when there is no such column or code.
    """
    rows = [[cell_text(value).strip() for value in row] for row in read_book(path, path.name).sheets[0].rows]
    table = [row for row in rows if row and not row[0].startswith("#")]
    heading = [cell.casefold() for cell in table[0]] if table else []
    column = next((heading.index(name) for name in CODE_HEADINGS if name in heading), None)
    if column is None:
        raise _refused(
            path, "no_code_column", f"no column {', '.join(CODE_HEADINGS)}", "name the column of codes `code`"
        )
    digits = (re.sub(r"[ .]", "", row[column]) for row in table[1:] if len(row) > column)
    codes = frozenset(code[:SUBHEADING] for code in digits if code.isdecimal() and len(code) >= HEADING)
    if not codes:
        raise _refused(path, "no_code", "no code of four digits or more in it", "give a list of the whole nomenclature")
    return codes


def unknown_codes(taxonomy: Taxonomy, codes: Collection[str], name: str) -> list[Problem]:
    """The links whose code a full list does not hold, sorted; `name` is the list's, for the message."""
    known = {*codes, *(code[:HEADING] for code in codes)}
    return sorted(
        _fault("links.csv", source, "hs_unknown", f"{code} does not stand in {name}")
        for (source, relation), targets in taxonomy.links.items()
        for code in (targets if relation == "hs" else ())
        if code.replace(".", "") not in known
    )


def _refused(path: Path, code: str, message: str, action: str) -> InputRefused:
    return InputRefused([Problem(path.name, "", 0, "", code, "refused", message, action)])
