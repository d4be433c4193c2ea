"""The file report.html: shipped template, style and program, with the content as data that nothing executes."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from integrator import data
from integrator.project_sheets import theme
from integrator.project_sheets.choosing import best_needs
from integrator.project_sheets.content import SheetContent, gather
from integrator.project_sheets.html.content import report_content
from integrator.project_sheets.html.plain import plain_list
from integrator.project_sheets.valuations import valuations
from integrator.wording import wording
from integrator.workbooks.writing import clean

if TYPE_CHECKING:
    import pandas as pd

_HOLE = re.compile(r"\{\{([a-z_]+)\}\}")
_PROGRAM = ("base", "state", "charts", "filters", "list", "need", "start")
"""Files of the program in their order."""
_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""Signs that could end a script element or a line of it, as JSON writes them otherwise."""


def write_report(
    path: Path, tables: Mapping[str, pd.DataFrame], language: str, top: int, run_date: str, notice: str = "",
    sheets: int | None = None,
) -> None:  # fmt: skip
    """Write one self-contained page; `tables` as in `integrator.tables`, `run_date` ISO or "", `notice` or "".

    It opens in `language`, and holds its own texts in all. What was read stands in it as data alone. Of more than
    `sheets` opportunities it holds the best (see `choosing`), and the notice says so.
    """
    chosen = best_needs(tables, sheets)
    some = chosen if len(chosen) < len(tables["opportunities"]) else None
    gathered = gather(tables, top, valuations(tables, some), chosen)
    contents = [content for content in gathered if content.need["need_id"] in chosen]
    if some is not None:
        words = wording(language)
        counts = {"shown": words.number(len(some)), "total": words.number(len(tables["opportunities"]))}
        notice = "  ·  ".join(filter(None, (notice, words("overview.cut_page", **counts))))
    found = report_content(tables, contents, language, run_date, clean(notice))
    path.write_text(_page(found, contents, language), encoding="utf-8", newline="\n")


def _page(found: Mapping[str, Any], contents: list[SheetContent], language: str) -> str:
    words = wording(language)
    style = _colours() + data.text("html/report.css")
    program = "".join(data.text(f"html/{name}.js") for name in _PROGRAM)
    return _filled(
        data.text("html/report.html"),
        {
            "lang": escape(language),
            "dir": "rtl" if language == "ar" else "ltr",
            "policy": escape(_policy(style, program)),
            "title": escape(words("html.title")),
            "disclaimer": escape(words("html.disclaimer")),
            "without_script": escape(words("html.without_script")),
            "notice": escape(found["notice"]),
            "plain": plain_list(contents, words),
            "style": style,
            "content": in_script(found),
            "program": program,
        },
    )


def _filled(template: str, values: Mapping[str, str]) -> str:
    """The template with each hole filled once; what fills a hole is not looked through again."""
    return _HOLE.sub(lambda hole: values[hole[1]], template)


def in_script(content: Any) -> str:
    """JSON that may stand inside a script element."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_IN_SCRIPT)


def _colours() -> str:
    """The colours of the workbooks by name."""
    named = {
        "ink": theme.INK, "grey": theme.GREY, "faint": theme.FAINT, "dark": theme.DARK, "accent": theme.ACCENT,
        "link": theme.GRADE_INK[4], "signal": theme.SIGNAL, "hairline": theme.HAIRLINE,
        **{f"grade-{grade}": colour for grade, colour in theme.GRADE_COLOURS.items()},
        **{f"grade-{grade}-ink": colour for grade, colour in theme.GRADE_INK.items()},
    }  # fmt: skip
    return ":root {" + " ".join(f"--{name}: {colour};" for name, colour in named.items()) + "}\n"


def _policy(style: str, program: str) -> str:
    """Nothing is fetched, sent or run but this style and this program."""
    return (
        f"default-src 'none'; script-src {_hash(program)}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
