"""The page of tables, from their contracts."""

from __future__ import annotations

from markdown import code, page, sentence, table
from meanings import meaning

from integrator.tables import ALL, VERSION, Table

INTRO = f"""`out/tables/NAME.csv` holds each table, `run.tables["NAME"]` gives it as a pandas frame, sorted by its
key, which no two rows share. Columns are version {VERSION} (`integrator.TABLES_VERSION`, `tables_version` in the
manifest): read them by name.

| type | holds | unknown is |
|---|---|---|
| text | text | `""` |
| number | a number with decimals | blank (NaN) |
| integer | a whole number | blank (`pd.NA`) |
| flag | `yes` or `no` | `""` |

Any column may be unknown but those of the key, where a blank means what its line says. `file`, `sheet`, `row` and
`cell` say where a row was read. Fields of suppliers and needs stand with their headings in [columns.md](columns.md)."""
BESIDES = dict.fromkeys(
    ("candidates", "contributions"),
    "More columns, a number each, stand to the right: one a feature ([features.md](../features.md)).",
)


def page_text() -> str:
    """One section a table."""
    return page("Tables", INTRO, *(_section(one) for one in ALL.values()))


def _section(contract: Table) -> str:
    rows = [
        (code(name), kind, "key" if name in contract.key else "", sentence(meaning(contract.name, name)))
        for name, kind in contract.columns
    ]
    parts = [f"## {contract.name}"]
    if contract.name in BESIDES:
        parts.append(BESIDES[contract.name])
    return "\n\n".join([*parts, table(["column", "type", "key", "meaning"], rows)])
