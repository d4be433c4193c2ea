"""Every problem code that the program can give is documented, and no other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from integrator import data

ROOT = Path(__file__).parents[1]
CODES = {row["code"]: row for row in data.rows("problem_codes.csv")}
MAKERS = {"Problem", "refused", "warning", "note", "_problem", "_refuse", "_refused", "_fault", "fault"}
SEVERITIES = {"refused", "set_aside", "warning", "note"}


def _given() -> set[str]:
    """Words of one code's shape in the calls that make problems, and the kinds of lines."""
    found = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            if name in MAKERS:
                words = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                found |= {w for w in words if isinstance(w, str) and re.fullmatch(r"[a-z]+(_[a-z]+)+", w)}
    return found - SEVERITIES


def test_every_code_of_the_program_is_documented() -> None:
    others = {"supplier_id", "need_id", "term_id", "sheet_id", "hs_code"}  # columns
    assert _given() - others - set(CODES) == set()


def test_every_documented_code_stands_in_the_program() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert [code for code in CODES if f'"{code}"' not in source] == []


def test_codes_are_sorted_and_say_what_to_do() -> None:
    assert list(CODES) == sorted(CODES)
    assert all(set(row["severity"].split(" or ")) <= SEVERITIES for row in CODES.values())
    assert all(row["meaning"] and row["action"] for row in CODES.values())


def test_the_page_of_codes_is_the_table() -> None:
    lines = ["| code | severity | what it means | what to do |", "|---|---|---|---|"]
    lines += [f"| `{r['code']}` | {r['severity']} | {r['meaning']} | {r['action']} |" for r in CODES.values()]
    page = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    assert "\n".join(lines) in page, "regenerate docs/problems.md: the table above is what it must hold"
