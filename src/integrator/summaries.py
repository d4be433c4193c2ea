"""What the command line prints of a result."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from integrator.intake import Inputs

if TYPE_CHECKING:
    import pandas as pd

    from integrator.pipeline import Run


def run_data(run: Run, out: Path | None) -> dict[str, Any]:
    """The outcome of a run as plain data; `out` is the folder it was written to, None when it was not."""
    outlook = run.tables["opportunities"]["outlook"].value_counts()
    return {
        **check_data(run),
        "out": os.path.normpath(out) if out else None,
        "tables": dict(run.stage_counts),
        "needs_by_outlook": {name: int(outlook.get(name, 0)) for name in ("actors", "convertible", "none")},
        "unknown_terms": int((run.tables["unknown_terms"]["state"] == "nothing").sum()),
        "coverage": _coverage(run),
        "candidate_recall": _recall(run),
        "ranker": run.scorer.about(),
        "sheets": min(run.config.output.sheets, len(run.tables["opportunities"])),
    }


def _coverage(run: Run) -> dict[str, Any]:
    """Shares of lines with a concept by side, and of product lines that name no part or no process."""
    counts, table = run.stage_counts, run.tables["coverage"]
    products = table[(table["side"] == "supplier") & (table["field"] == "products") & (table["language"] == "all")]
    beside = dict(zip(products["step"], products["share"], strict=True))
    steps = [step for step in beside if not step.startswith("no_")]
    return {
        **{
            side: {"lines": counts[f"{side}_lines"], "linked": counts[f"{side}_lines_linked"]}
            for side in ("need", "supplier")
        },
        "product_lines_without": {
            lack: round(float(beside.get(f"no_{lack}", 0.0)), 4) if steps else None for lack in ("component", "process")
        },
    }


def _recall(run: Run) -> dict[str, Any] | None:
    """Candidate recall over the judged needs; None without judgements."""
    counts = run.stage_counts
    if not counts["needs_judged"]:
        return None
    pairs, found = counts["able_pairs"], counts["able_pairs_ranked"]
    return {"needs": counts["needs_judged"], "pairs": pairs, "found": found,
            "share": round(found / pairs, 4) if pairs else None}  # fmt: skip


def run_text(run: Run, out: Path | None) -> str:
    """The outcome of a run in a few lines; the last says what to open of the folder it was written to."""
    facts = run_data(run, out)
    outlook = facts["needs_by_outlook"]
    last = f"\nopen {os.path.normpath(to_open(run, out))}" if out else ""
    return (
        f"{check_text(run)}\n"
        f"{facts['tables']['needs']} needs: {outlook['actors']} with an actor of grade 3 or 4, "
        f"{outlook['convertible']} with a convertible one, {outlook['none']} without; "
        f"{facts['unknown_terms']} unknown terms\n"
        f"{_coverage_text(facts['coverage'])}\n"
        f"{_recall_text(facts['candidate_recall'])}"
        f"{_ranker_text(facts['ranker'])}\n"
        f"{_sheets_text(facts['sheets'], facts['tables']['opportunities'])}"
    ).rstrip("\n") + last


def to_open(run: Run, out: Path) -> Path:
    """The workbook of a run folder to begin with."""
    return out / ("project_sheets.xlsx" if run.config.output.sheets else "quality.xlsx")


def _sheets_text(sheets: int, opportunities: int) -> str:
    """One line with its end that not all opportunities have a sheet, or nothing when they have."""
    if sheets >= opportunities:
        return ""
    if sheets == 0:
        return f"no sheets were asked for: all {opportunities:,} opportunities are in tables/opportunities.csv\n"
    return f"{sheets:,} of {opportunities:,} opportunities have a sheet; the others are in tables/opportunities.csv\n"


def _coverage_text(facts: dict[str, Any]) -> str:
    """One line: how much of both sides was understood."""
    parts = [
        f"{facts[side]['linked']} of {facts[side]['lines']} {side} lines ({_percent(facts[side])})"
        for side in ("need", "supplier")
    ]
    without = facts["product_lines_without"]
    lacks = [f"{share:.0%} name no {kind}" for kind, share in without.items() if share is not None]
    tail = f"; of product lines, {', '.join(lacks)}".replace("component", "part") if lacks else ""
    return f"with a concept: {', '.join(parts)}{tail}"


def _percent(side: dict[str, int]) -> str:
    return f"{side['linked'] / side['lines']:.0%}" if side["lines"] else "none"


def _recall_text(facts: dict[str, Any] | None) -> str:
    """One line with its end, or nothing without judgements."""
    if facts is None:
        return ""
    share = "no pair graded 3 or 4" if facts["share"] is None else f"{facts['share']:.3f}"
    return (
        f"candidate recall {share}: {facts['found']} of {facts['pairs']} pairs graded 3 or 4 are among the ranked"
        f" actors of {facts['needs']} judged needs\n"
    )


def _ranker_text(facts: dict[str, Any]) -> str:
    """One line: what ranked, and how many actors of a need to look at."""
    if facts["name"] != "trained":
        return "ranked by the expert scorecard"
    show = facts["show"] or {}
    said = (
        f"; in {1 - show['alpha']:.0%} of needs like these that have an able actor, the first {show['show']} hold one"
        if show.get("show")
        else ""
    )
    return f"ranked by what {facts['pairs']} judged pairs of {facts['needs']} needs taught ({facts['rung']}){said}"


def terms_text(terms: pd.DataFrame, limit: int, ignored: int) -> str:
    """Terms without a concept, one a line, and how many there are; `terms` in the order wanted."""
    lines = []
    for row in terms.head(limit).to_dict("records"):
        guess = f"  (like {row['proposed']}, {row['score']:.2f})" if row["proposed"] else ""
        lacks = "" if row["state"] == "nothing" else "  [no part]"
        value = f"  {row['value'] / 1e6:g} M {row['currency']} a year" if row["value"] > 0 else ""
        lines.append(f"{row['rows']:4}  {row['field']:22} {row['term']}{lacks}{value}{guess}")
    nothing = int((terms["state"] == "nothing").sum())
    lines.append(
        f"{nothing} terms without a concept, {len(terms) - nothing} that name no part where one is expected; "
        f"{ignored} ignored terms are not listed"
    )
    return "\n".join(lines)


def check_data(result: Run | Inputs) -> dict[str, Any]:
    """Accounting and problems as plain data."""
    return {
        "inputs": [
            {"file": c.file, "sheet": c.sheet, "kind": c.kind, "rows": c.rows, "used": c.used, "set_aside": c.set_aside}
            for c in result.counts
        ],
        "problems": [
            {"severity": p.severity, "code": p.code, "where": p.address, "message": p.message, "action": p.action}
            for p in result.problems
        ],
    }


def check_text(result: Run | Inputs) -> str:
    """Accounting of every sheet, then each problem in one line."""
    lines = []
    for count in result.counts:
        sheet = f" [{count.sheet}]" if count.sheet else ""
        made = f", {count.records} {count.kind}s" if count.records != count.used else ""
        lines.append(f"{count.file}{sheet}: {count.rows} rows = {count.used} used + {count.set_aside} set aside{made}")
    lines += [f"{problem.severity}: {problem}" for problem in result.problems]
    return "\n".join(lines)
