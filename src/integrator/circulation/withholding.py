"""The tables of a run without what those of a level may not see: it is gone before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from integrator.circulation import policy
from integrator.circulation.packs import Pack, only
from integrator.circulation.quoting import Secrets, silenced, without_quotes
from integrator.errors import UsageError
from integrator.records import Level
from integrator.tables import ALL, WITHHELD

Tables = dict[str, pd.DataFrame]
Opportunities = Callable[[pd.DataFrame, pd.DataFrame], pd.DataFrame]
"""Needs and matches -> opportunities, worked out anew when an actor is taken out."""
CONFIDENTIAL = "confidential"
"""What a figure lacks that was withheld."""
_OF_FIGURES = ("values", "value_inputs")
_OF_FIELDS = {"requirements": "needs", "capabilities": "suppliers"}
"""Tables of rows read from a field -> the table whose column that field is."""
_SOURCE = ("source_title", "source_url", "source_date")


class Shown(NamedTuple):
    """Who will read: their level, that of rows that say none, and the word in place of what is withheld."""

    level: Level
    default: Level
    word: str


def seen_tables(tables: Mapping[str, pd.DataFrame], shown: Shown, opportunities: Opportunities) -> Tables:
    """The tables as those of a level may see them, with `tables.WITHHELD` beside them.

    Raises `UsageError` where no need may be seen. First the rows of needs and suppliers that are above the level go,
    with all that speaks of them; then every column, fact and figure above it. A column, fact or figure without a rule
    is withheld below `restricted`.
    """
    kept = _of_visible_rows(tables, shown, opportunities)
    if not policy.is_above("restricted", shown.level):
        return {**kept, WITHHELD.name: pd.DataFrame(columns=WITHHELD.names, dtype=object)}
    secrets = Secrets(kept, shown.level)
    found: Tables = {}
    gone: list[tuple[str, str]] = []
    for name, frame in kept.items():
        found[name], sections = _table(name, frame, shown, secrets)
        gone += sections
    said = sorted({one for one in gone if one[0] and one[1]})
    found[WITHHELD.name] = pd.DataFrame(said, columns=WITHHELD.names, dtype=object)
    return found


def _of_visible_rows(tables: Mapping[str, pd.DataFrame], shown: Shown, opportunities: Opportunities) -> Tables:
    """Without the needs and suppliers whose rows are above the level."""
    needs, suppliers = tables["needs"], tables["suppliers"]
    seen = set(needs.loc[_visible(needs, shown), "need_id"])
    hidden = set(suppliers.loc[~_visible(suppliers, shown), "supplier_id"])
    if len(needs) and not seen:
        raise UsageError(
            f"--level {shown.level}: no need of this job may be seen at it: say who may in the column confidentiality"
            " of the needs, or in [output] confidentiality of the job."
        )
    kept = dict(tables)
    if hidden:
        kept = {name: _without(name, frame, hidden) for name, frame in kept.items()}
        matches = kept["matches"]
        rank = matches.groupby("need_id")["rank"].rank(method="first").astype("Int64")
        kept["matches"] = matches.assign(rank=rank.where(matches["rank"].notna()))
        kept["opportunities"] = opportunities(needs, kept["matches"])
    if len(seen) < len(needs):
        kept = only(kept, Pack("", "", tuple(sorted(seen))))
    return kept


def _visible(frame: pd.DataFrame, shown: Shown) -> pd.Series:
    levels = frame["level"].map(lambda said: policy.strictest(str(said).split(), shown.default))
    return levels.map(lambda level: not policy.is_above(level, shown.level)).astype(bool)


def _without(name: str, frame: pd.DataFrame, hidden: set[str]) -> pd.DataFrame:
    """A table without the rows of hidden suppliers; a team goes with any of its members, with all of its need."""
    if name == "facts":
        return frame[~((frame["entity"] == "supplier") & frame["entity_id"].isin(hidden))].reset_index(drop=True)
    if "supplier_id" not in frame.columns:
        return frame
    gone = frame["supplier_id"].isin(hidden)
    if name == "teams":
        gone = frame["need_id"].isin(set(frame.loc[gone, "need_id"]))
    return frame[~gone].reset_index(drop=True)


def _table(
    name: str, frame: pd.DataFrame, shown: Shown, secrets: Secrets
) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    """A table at a level, and the need and section of each thing withheld."""
    whole = policy.of_table(name)
    if whole and policy.is_above(whole.level, shown.level):
        return frame.iloc[:0].reset_index(drop=True), [(need, whole.section) for need in _told(name, frame, secrets)]
    gone: list[tuple[str, str]] = []
    if name in _OF_FIELDS:
        frame = frame[_rows_of_fields(_OF_FIELDS[name], frame["field"], shown)].reset_index(drop=True)
    elif name == "facts":
        frame = _facts(frame, shown)
    elif name in _OF_FIGURES:
        frame, gone = _figures(name, frame, shown)
    elif name == "opportunities":
        frame = _valued(frame, shown)
    return _columns(name, frame, shown, secrets), gone


def _told(name: str, frame: pd.DataFrame, secrets: Secrets) -> list[str]:
    """The needs of which a table says something; what it says of a vehicle, it says of each line of it."""
    if name not in ALL or "need_id" not in frame.columns:
        return []
    numbers = [column for column, kind in ALL[name].columns if kind == "number" and column in frame.columns]
    if numbers:
        frame = frame[frame[numbers].notna().any(axis=1)]
    owners = [str(need) for need in frame["need_id"]]
    if "of" in frame.columns:
        owners += [need for of in frame["of"] for need in (of, *secrets.lines.get(str(of), ()))]
    return owners


def _columns(name: str, frame: pd.DataFrame, shown: Shown, secrets: Secrets) -> pd.DataFrame:
    """Every column that is above the level without its content, or gone where the contract does not know it."""
    kinds = dict(ALL[name].columns) if name in ALL else {}
    changed: dict[str, Any] = {}
    for column in [str(one) for one in frame.columns]:
        rule = policy.of_column(name, column)
        if rule.instead in ("sentences", "quoted"):
            quote = silenced if rule.instead == "sentences" else without_quotes
            changed[column] = quote(frame, column, secrets, shown.word)
        elif not policy.is_above(rule.level, shown.level):
            continue
        elif column not in kinds:
            frame = frame.drop(columns=column)
        elif kinds[column] in ("number", "integer"):
            empty = pd.array([None] * len(frame), dtype="Int64" if kinds[column] == "integer" else "Float64")
            changed[column] = pd.Series(empty, index=frame.index)
            if kinds[column] == "number":
                changed[column] = changed[column].astype("float64")
        else:
            text = shown.word if rule.instead == "word" else ""
            changed[column] = frame[column].where(frame[column] == "", text)
    return frame.assign(**changed)


def _rows_of_fields(table: str, fields: pd.Series, shown: Shown) -> pd.Series:
    return fields.map(lambda field: not policy.is_above(policy.of_column(table, field).level, shown.level)).astype(bool)


def _facts(facts: pd.DataFrame, shown: Shown) -> pd.DataFrame:
    """A fact of a field that is above the level keeps only the name of the field, once; sources by their own level."""
    tables = {"need": "needs", "supplier": "suppliers"}
    keys = list(zip(facts["entity"], facts["field"], strict=True))
    level = {(of, field): policy.of_column(tables.get(of, ""), field).level for of, field in set(keys)}
    above = pd.Series([policy.is_above(level[key], shown.level) for key in keys], index=facts.index, dtype=bool)
    told = ("entity", "entity_id", "field", "part", "chosen")
    hidden = facts[above & (facts["part"] == 1)].drop_duplicates(["entity", "entity_id", "field"])
    kinds = dict(ALL["facts"].columns)
    for column in [str(one) for one in facts.columns if one not in told]:
        is_number = kinds.get(column) in ("number", "integer")
        spoken = column in ("value", "raw", "source_title")
        hidden = hidden.assign(**{column: None if is_number else shown.word if spoken else ""})
    kept = pd.concat([facts[~above], hidden.astype(facts.dtypes.to_dict())]).sort_index()
    for column in _SOURCE:
        for of, table in tables.items():
            if policy.is_above(policy.of_column(table, column).level, shown.level):
                text = shown.word if policy.of_column(table, column).instead == "word" else ""
                at = (kept["entity"] == of) & (kept[column] != "")
                kept[column] = kept[column].mask(at, text)
    return kept.reset_index(drop=True)


def _figures(name: str, frame: pd.DataFrame, shown: Shown) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    """Figures above the level: their inputs are gone; where they were known they lack what is confidential."""
    rule = {figure: policy.of_figure(figure) for figure in frame["figure"].unique()}
    above = frame["figure"].map(lambda figure: policy.is_above(rule[figure].level, shown.level)).astype(bool)
    if name == "value_inputs":
        return frame[~above].reset_index(drop=True), []
    known = above & (frame["status"] != "missing")
    gone = [
        (str(need), rule[figure].section)
        for need, figure in zip(frame.loc[known, "need_id"], frame.loc[known, "figure"], strict=True)
    ]
    blank = {column: frame[column].mask(above) for column in ("low", "point", "high")}
    texts = {"status": "missing", "missing": CONFIDENTIAL, "note": "", "unit": ""}
    changed = {column: frame[column].mask(known, text) for column, text in texts.items()}
    changed["note"] = changed["note"].mask(above, "")
    return frame.assign(**blank, **changed), gone


def _valued(opportunities: pd.DataFrame, shown: Shown) -> pd.DataFrame:
    """A value that is withheld is missing because it is confidential, not because nobody knows it."""
    if not policy.is_above(policy.of_column("opportunities", "gross_value").level, shown.level):
        return opportunities
    known = opportunities["value_status"] != "missing"
    return opportunities.assign(
        value_status=opportunities["value_status"].mask(known, "missing"),
        value_missing=opportunities["value_missing"].mask(known, CONFIDENTIAL),
        currency="",
    )
