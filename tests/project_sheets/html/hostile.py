"""The made-up job with the injection list as names of parts and suppliers, as buyers, sources and addresses."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from integrator import tables
from integrator.data import read

_LIST = Path(__file__).parents[2] / "workbooks" / "hostile_texts.csv"


def hostile_texts() -> list[tuple[str, str]]:
    """Each text that a table can hold (no half characters), and what is then shown."""
    with _LIST.open(encoding="utf-8") as stream:
        found = [(_unescaped(row["text"]), row["shown"]) for row in read(stream, _LIST.name)]
    return [(text, shown) for text, shown in found if not any("\ud800" <= sign <= "\udfff" for sign in text)]


def _unescaped(text: str) -> str:
    """The signs that the list writes as escapes."""
    for mark, size in (("\\x", 2), ("\\u", 4)):
        first, *rest = text.split(mark)
        text = first + "".join(chr(int(part[:size], 16)) + part[size:] for part in rest)
    return text


def hostile_tables(example: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """A need and a supplier for each text, both made of it."""
    texts = [text for text, _ in hostile_texts()]
    ids = [f"H{place:02}" for place in range(len(texts))]
    first = {name: example[name].iloc[[0] * len(texts)].reset_index(drop=True) for name in ("needs", "suppliers")}
    matches = example["matches"].iloc[[1] * len(texts)].reset_index(drop=True)
    opportunities = example["opportunities"].iloc[[0] * len(texts)].reset_index(drop=True)
    said = dict.fromkeys(("component", "buyer", "imported_from", "source_title", "source_url", "programme"), texts)
    frames = {
        "needs": first["needs"].assign(need_id=ids, component_en="", component_ar="", **said),
        "suppliers": first["suppliers"].assign(
            supplier_id=ids, name=texts, region=texts, source_title=texts, source_url=texts
        ),
        "matches": matches.assign(need_id=ids, supplier_id=ids, reasons=texts, missing=texts, questions=texts),
        "opportunities": opportunities.assign(
            need_id=ids, sheet_id=[f"FP-{one}" for one in ids], component=texts, buyer=texts, actor_1=ids, actor_2="",
            actor_3="", questions=texts,
        ),
        "facts": pd.DataFrame(
            {"entity": "need", "entity_id": ids, "field": "component", "part": 1, "raw": texts, "source_url": texts,
             "file": "demo/besoins.xlsx", "cell": "B2"}
        ).reindex(columns=tables.ALL["facts"].names),
    }  # fmt: skip
    empty = {name: tables.empty(table) for name, table in tables.ALL.items()}
    return empty | {name: tables.check(tables.ALL[name], frame) for name, frame in frames.items()}
