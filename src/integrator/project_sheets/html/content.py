"""What the page knows, as plain rows whose texts are numbers (see `kept`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from integrator import data
from integrator.parts import of_needs
from integrator.project_sheets import phrases
from integrator.project_sheets.html.figures import figure_parts
from integrator.project_sheets.html.kept import Kept
from integrator.project_sheets.html.matches import Reasons, by_need, match_rows
from integrator.project_sheets.html.regions import region_name
from integrator.project_sheets.pages.marks import Marks, marks
from integrator.project_sheets.valuations import Row, rows_of
from integrator.text.remarks import apart
from integrator.wording import LANGUAGES, texts, wording
from integrator.workbooks.writing import clean

if TYPE_CHECKING:
    import pandas as pd

    from integrator.project_sheets.content import SheetContent

_BORROWED = ("grade", "action", "status")
"""Parts of the wording that the page takes from the sheets, by their whole key."""
_BANNERS = ("none", "aggregate", "unsourced")


def report_content(
    tables: Mapping[str, pd.DataFrame], contents: Sequence[SheetContent], language: str, run_date: str, notice: str
) -> dict[str, Any]:
    """Everything of the page: `needs` in the order of the sheets, `suppliers`, `kept` texts, `words` of the page."""
    kept = Kept()
    suppliers = rows_of(tables["suppliers"])
    places = {row["supplier_id"]: place for place, row in enumerate(suppliers)}
    ids = [content.need["need_id"] for content in contents]
    reasons = Reasons(of_needs(tables, "reasons", ids))
    matches = by_need(of_needs(tables, "matches", ids))
    axes = {row["need_id"]: row for row in rows_of(tables["axes"])}
    marked = {one: marks(tables, contents, wording(one)) for one in LANGUAGES}
    needs = []
    for content in contents:
        need_id = content.need["need_id"]
        shown = [actor.supplier["supplier_id"] for actor in content.actors]
        needs.append(
            {
                **_head(content, {one: marked[one][need_id] for one in LANGUAGES}, kept),
                **_axes(axes.get(need_id), content),
                **figure_parts(content.valued, places, kept),
                "facts": [_fact(row, kept) for row in content.evidence if row["entity"] == "need"],
                "shown": [places[one] for one in shown],
                "matches": match_rows(matches.get(need_id, []), shown, places, reasons, kept),
            }
        )
    return {
        "language": language, "languages": list(LANGUAGES), "date": run_date, "notice": notice, "needs": needs,
        "suppliers": [_supplier(row, kept) for row in suppliers], "criteria": list(reasons.criteria),
        "statuses": [row["status"] for row in data.rows("project_statuses.csv")],
        "words": {one: _words(one) for one in LANGUAGES}, "kept": kept.all,
        "own_names": {one: wording(one)("html.own") for one in LANGUAGES},
    }  # fmt: skip


def _words(language: str) -> dict[str, str]:
    """The texts of the page, those it borrows from the sheets, and the names of the criteria."""
    borrowed = {f"{part}.{key}": text for part in _BORROWED for key, text in texts(part, language).items()}
    criteria = {f"criterion.{row['feature']}": row[language] for row in data.rows("ranking/feature_names.csv")}
    return {**texts("html", language), **borrowed, **criteria}


def _head(content: SheetContent, marked: Mapping[str, Marks], kept: Kept) -> Row:
    """What stands above a need and in the list of needs."""
    need, opportunity = content.need, content.opportunity
    one = marked[LANGUAGES[0]]
    status = content.status or {}
    return {
        "id": clean(need["need_id"]),
        "sheet": clean(opportunity["sheet_id"]),
        "name": kept.said(lambda words: phrases.component(need, words)),
        "names": sorted({kept.text(need[field]) for field in ("component", "component_en", "component_ar")} - {0}),
        "buyer": kept.said(lambda words: phrases.buyer(need, words)),
        "named": int(need["named_buyer"] == "yes"),
        "family": kept.said(lambda words: marked[words.language].family),
        "region": kept.said(lambda words: region_name(one.region if one.has_actor else "", words.language)),
        "programme": kept.text(" · ".join(text for text in (need["programme"], need["plant"]) if text)),
        "hs": kept.text(need["hs_code"]),
        "origin": kept.text(need["imported_from"]),
        "volume": kept.said(lambda words: phrases.volume(opportunity, need, words)),
        "volume_kind": kept.said(lambda words: phrases.volume_kind(need, words)),
        "amount": opportunity["volume"],
        "gross": opportunity["gross_value"],
        "currency": clean(opportunity["currency"]),
        "grade": opportunity["best_grade"],
        "counts": [opportunity[f"actors_{grade}"] for grade in (4, 3, 2)],
        "outlook": opportunity["outlook"],
        "leading": [kept.text(name) for name in content.leading],
        "completeness": opportunity["completeness"],
        "action": opportunity["next_action"],
        "questions": [kept.text(text) for text in apart(opportunity["questions"])],
        "status": status.get("status", ""),
        "reason": kept.text(status.get("reason")),
        "owner": kept.text(status.get("owner")),
        "due": kept.text(status.get("due")),
        "banners": [_banner(key, kept) for key in _banners(content)],
    }


def _banners(content: SheetContent) -> list[str]:
    need = content.need
    is_aggregate = need["aggregate"] == "yes"
    held = (content.opportunity["outlook"] == "none" and not is_aggregate, is_aggregate, not need["source_url"])
    return [key for key, holds in zip(_BANNERS, held, strict=True) if holds]


def _banner(key: str, kept: Kept) -> int:
    return kept.said(lambda words: words(f"sheet.banner.{key}"))


def _axes(row: Row | None, content: SheetContent) -> Row:
    """Positions from 0 to 1, null where unknown; `about` marks a value that is an estimate."""
    if row is None:
        return {"axes": [None] * 4, "rank": None, "about": 0}
    names = ("feasibility", "value", "value_low", "value_high")
    positions = [None if row[name] is None else round(row[name], 3) for name in names]
    return {"axes": positions, "rank": row["rank"], "about": int(content.valued.is_estimated("net_domestic_value"))}


def _fact(row: Row, kept: Kept) -> list[int]:
    """Field, value, source, address of the source, file and sheet, cell."""
    value = "; ".join(part.strip() for part in (row["raw"] or row["value"]).splitlines() if part.strip())
    source = ", ".join(part for part in (row["source_title"], row["source_date"]) if part)
    field = str(row["field"])
    return [
        kept.said(lambda words: words.known(f"field.{field}", field)), kept.text(value), kept.text(source),
        kept.text(row["source_url"]), kept.text(_file(row)), kept.text(row["cell"]),
    ]  # fmt: skip


def _supplier(row: Row, kept: Kept) -> list[int]:
    """Name, place, region, source, address of the source, place in the file, whether its position is verified."""
    source = ", ".join(part for part in (row["source_title"], row["source_date"]) if part)
    place = f"{_file(row)} {row['row']}" if row["row"] is not None else _file(row)
    return [
        kept.text(row["name"]),
        kept.said(lambda words: phrases.place(row, words)),
        kept.said(lambda words: region_name(row["region"], words.language)),
        kept.text(source),
        kept.text(row["source_url"]),
        kept.text(place.strip()),
        int(row["place_verified"] != "no"),
    ]


def _file(row: Row) -> str:
    return str(row["file"]).rsplit("/", 1)[-1] + (f" [{row['sheet']}]" if row["sheet"] else "")
