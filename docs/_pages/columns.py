"""The page of input columns, from the fields and the headings that are taken for them."""

from __future__ import annotations

from collections import defaultdict

from markdown import code, page, sentence, table
from meanings import meaning

from integrator import data
from integrator.tables import COLUMNS, FIELDS, REQUIRED

FILES = {
    "supplier": ("Suppliers", "headings/suppliers.csv"),
    "need": ("Needs", "headings/needs.csv"),
    "judgement": ("Judgements", "headings/judgements.csv"),
    "bom": ("Bills of materials", "headings/boms.csv"),
    "value": ("Stated inputs", "headings/values.csv"),
}
LANGUAGES = ("fr", "en", "ar")
INTRO = """A heading is read when it is one of these after folding: case, accents and punctuation aside. The name of the
field itself is always taken. Order of columns, title rows and further columns do not matter; a heading that is none of
them is reported with the nearest field ([own-headings.md](../own-headings.md)). Headings in italics are weak: taken
only where no other column of the table names the field. What is not marked **Every row** may be blank or absent."""


def page_text() -> str:
    """One section a kind of file."""
    return page("Columns of input files", INTRO, *(_section(kind) for kind in FILES))


def _section(kind: str) -> str:
    title, file = FILES[kind]
    headings: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in data.rows(file):
        text = row["heading"] if row["strength"] == "sure" else f"*{row['heading']}*"
        headings[row["field"], row["lang"]].append(text)
    rows = [
        (code(field), _holds(kind, field), *("; ".join(headings[field, lang]) for lang in LANGUAGES))
        for field in FIELDS[kind]
    ]
    needed = " and ".join(" or ".join(code(one) for one in group) for group in COLUMNS[kind])
    parts = [f"## {title}", f"Every table of this kind has a column {needed}." if needed else ""]
    return "\n\n".join([*parts, table(["field", "holds", "French", "English", "Arabic"], rows)])


def _holds(kind: str, field: str) -> str:
    """What stands in it, and whether it must."""
    return sentence(meaning(f"input:{kind}", field)) + (" **Every row.**" if field in REQUIRED[kind] else "")
