"""Why a pair has its score and grade, as text."""

from __future__ import annotations

from integrator.errors import UsageError
from integrator.pipeline import Run


def explain(run: Run, need_id: str, supplier_id: str) -> str:
    """Every criterion of one pair: state, points, the two values and their cells.

    Raises `UsageError` when the run has no such need, supplier or match.
    """
    for table, column, identifier in (("needs", "need_id", need_id), ("suppliers", "supplier_id", supplier_id)):
        if identifier not in set(run.tables[table][column]):
            raise UsageError(f"no {column[:-3]} has the id {identifier!r}: see tables/{table}.csv.")
    matches, reasons = run.tables["matches"], run.tables["reasons"]
    found = matches[(matches["need_id"] == need_id) & (matches["supplier_id"] == supplier_id)]
    if found.empty:
        kept = run.config.matching.candidates
        raise UsageError(
            f"{supplier_id} is not among the {kept} candidates of {need_id}: raise --candidates to see why."
        )
    match = found.iloc[0]
    lines = [
        f"{need_id} x {supplier_id}: rank {match['rank']}, score {match['score']:.2f} of 100, "
        f"grade {match['grade']} ({match['grade_basis']})",
        f"{'criterion':20} {'state':8} {'points':>7} / {'weight':>6}",
    ]
    of_pair = (reasons["need_id"] == need_id) & (reasons["supplier_id"] == supplier_id)
    shown = reasons[of_pair].sort_values(["points", "criterion"], ascending=[False, True])
    for _, row in shown.iterrows():
        lines.append(f"{row['criterion']:20} {row['state']:8} {row['points']:7.2f} / {row['weight']:6.1f}")
        for side in ("need", "supplier"):
            if row[f"{side}_value"]:
                lines.append(f"    {side:8} {row[f'{side}_value']}  <{row[f'{side}_cell']}>")
    lines.append("An unknown criterion counts with its neutral value; (*) is inferred, (?) only looks alike.")
    return "\n".join(lines)
