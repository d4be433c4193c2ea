"""A run -> the explanation of one pair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from integrator import data
from integrator.errors import UsageError
from integrator.explaining.counterfactuals import counterfactuals
from integrator.explaining.learned import learned_sentences
from integrator.explaining.parts import Comparison, Contribution, Difference, Explanation
from integrator.parts import of_needs
from integrator.ranking.words import found_by_meaning_alone, sentences
from integrator.wording import by_language

if TYPE_CHECKING:
    import pandas as pd

    from integrator.pipeline import Run

SHOWN_REASONS = 3


def explain(run: Run, need_id: str, supplier_id: str, against: str = "") -> Explanation:
    """Why a supplier stands where it stands for a need, in the language of the run.

    `against` names another supplier of the same need to compare it with. Raises `UsageError` when the run has no such
    need, supplier or match, or when both suppliers are one.
    """
    _check_ids(run, need_id, supplier_id, against)
    ranked = _ranked(run, need_id, supplier_id, against)
    match = ranked[ranked["supplier_id"] == supplier_id].iloc[0]
    language = run.config.output.lang
    given = contributions(run, need_id, supplier_id)
    said = _said(run, need_id, supplier_id, given)
    rank, names = int(match["rank"]), dict(_names(run))
    beside = ranked[ranked["rank"] == (rank - 1 if rank > 1 else 2)]
    return Explanation(
        need_id=need_id,
        component=str(run.tables["needs"].set_index("need_id").at[need_id, "component"]),
        supplier_id=supplier_id,
        name=names[supplier_id],
        rank=rank,
        compared=len(of_needs(run.tables, "candidates", [need_id])),
        score=float(match["score"]),
        probability=None if match.isna()["probability"] else float(match["probability"]),
        grade=int(match["grade"]),
        grade_basis=str(match["grade_basis"]),
        conflict=str(match["conflict"]),
        scorer=str(match["ranker"]),
        language=language,
        contributions=given,
        reasons=said["met"],
        gaps=said["failed"],
        questions=said["unknown"],
        beside=None if beside.empty else _compared(run, match, beside.iloc[0], names),
        against=_compared(run, match, ranked[ranked["supplier_id"] == against].iloc[0], names) if against else None,
        counterfactuals=counterfactuals(run, need_id, supplier_id),
    )


def contributions(run: Run, need_id: str, supplier_id: str) -> tuple[Contribution, ...]:
    """Points by feature of one match, largest first whatever the sign, with what each criterion compares."""
    row = _of_pair(run, "contributions", need_id, supplier_id).iloc[0]
    reasons = _of_pair(run, "reasons", need_id, supplier_id)
    names = _feature_names(run.config.output.lang)
    found = []
    for feature in (str(name) for name in row.index if name not in ("need_id", "supplier_id")):
        name, points = names.get(feature, feature.replace("_", " ")), float(row[feature])
        if feature not in set(reasons["criterion"]):
            found.append(Contribution(feature, name, points, None, ""))
            continue
        why = reasons[reasons["criterion"] == feature].iloc[0]
        values = (str(why[column]) for column in ("need_value", "supplier_value", "need_cell", "supplier_cell"))
        found.append(Contribution(feature, name, points, float(why["weight"]), str(why["state"]), *values))
    return tuple(sorted(found, key=lambda one: (-abs(one.points), one.feature)))


def _compared(run: Run, match: pd.Series, other: pd.Series, names: Mapping[str, str]) -> Comparison:
    need_id, supplier_id = str(match["need_id"]), str(other["supplier_id"])
    theirs = {one.feature: one for one in contributions(run, need_id, supplier_id)}
    parts = [
        Difference(
            one.feature, one.name, round(one.points - theirs[one.feature].points, 4), one.state,
            theirs[one.feature].state, one.supplier_value, theirs[one.feature].supplier_value,
        )
        for one in contributions(run, need_id, str(match["supplier_id"]))
    ]  # fmt: skip
    shown = sorted((part for part in parts if part.points), key=lambda part: (-abs(part.points), part.feature))
    difference = round(float(match["score"]) - float(other["score"]), 4)
    return Comparison(
        supplier_id, names[supplier_id], int(other["rank"]), float(other["score"]), difference, tuple(shown)
    )


def _said(run: Run, need_id: str, supplier_id: str, given: tuple[Contribution, ...]) -> dict[str, tuple[str, ...]]:
    """The sentences by state; of what speaks for the pair those that give most points."""
    language = run.config.output.lang
    of_pair = sentences(_of_pair(run, "reasons", need_id, supplier_id), language)[need_id, supplier_id]
    points = {one.feature: one.points for one in given}
    candidate = _of_pair(run, "candidates", need_id, supplier_id).iloc[0]
    values = {name: float(candidate[name]) for name in points if name in candidate}
    learned = learned_sentences(values, points, language)
    best = sorted(
        [*((text, name) for _, name, text in of_pair["met"]), *learned["met"]], key=lambda one: -points[one[1]]
    )
    met = list(dict.fromkeys(text for text, _ in best))[:SHOWN_REASONS]
    if candidate["channels"] == "meaning":
        met = [*met[: SHOWN_REASONS - 1], found_by_meaning_alone(language)]
    plain = {state: [text for _, _, text in of_pair[state]] for state in ("failed", "unknown")}
    plain["failed"] += [text for text, _ in learned["failed"]]
    return {"met": tuple(met), **{state: tuple(dict.fromkeys(texts)) for state, texts in plain.items()}}


def _check_ids(run: Run, need_id: str, supplier_id: str, against: str) -> None:
    asked = [("needs", "need_id", need_id), ("suppliers", "supplier_id", supplier_id)]
    for table, column, identifier in [*asked, *([("suppliers", "supplier_id", against)] if against else [])]:
        if identifier not in set(run.tables[table][column]):
            raise UsageError(f"no {column[:-3]} has the id {identifier!r}: see tables/{table}.csv.")
    if against == supplier_id:
        raise UsageError(f"--against {against}: name another supplier than the one that is explained.")


def _ranked(run: Run, need_id: str, supplier_id: str, against: str) -> pd.DataFrame:
    """The matches of a need. Raises `UsageError` when one of the suppliers is not among them."""
    matches = run.tables["matches"]
    ranked = matches[(matches["need_id"] == need_id) & (matches["supplier_id"] != "")]
    for one in filter(None, (supplier_id, against)):
        if one not in set(ranked["supplier_id"]):
            kept = run.config.matching.candidates
            raise UsageError(f"{one} is not among the {kept} candidates of {need_id}: raise --candidates to see why.")
    return ranked


def _of_pair(run: Run, table: str, need_id: str, supplier_id: str) -> pd.DataFrame:
    of_need = of_needs(run.tables, table, [need_id])
    return of_need[of_need["supplier_id"] == supplier_id]


def _names(run: Run) -> zip[tuple[str, str]]:
    suppliers = run.tables["suppliers"]
    return zip(suppliers["supplier_id"].astype(str), suppliers["name"].astype(str), strict=True)


def _feature_names(language: str) -> dict[str, str]:
    file = "ranking/feature_names.csv"
    return {row["feature"]: by_language(row, file)[language] for row in data.rows(file)}
