"""docs/figures.md: the points of every issue with what was measured, out of results files alone, never by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from figure_points import WORDS, Found, Heading, Point, heading, measure
from figure_runs import Run

TITLES = {
    2: "The main job, end to end",
    3: "Reading whatever comes, losing nothing",
    4: "Words that meet",
    5: "The ranker",
    6: "What it is worth",
    7: "Sheets, review, agenda",
    8: "Speed and scale",
    9: "The whole",
}
HOLDS = {"yes": "yes", "no": "**no**", "told": "no bar", "not measured": "not measured here"}
INTRODUCTION = """# Figures

What had to hold, what was measured, and whether it holds: written by `make figures` out of the results files in
`benchmarks/results/`, by the lines of `benchmarks/figures.csv`. No figure here is typed by hand; a test compares this
page with the results files. A bar that is missed says so, with the reason. Times count on a quiet machine alone; where
two programs are compared they ran in turn on the same machine. What no command measures is not here: whether a newcomer
reads a sheet in two minutes, how sheets look on paper.
"""


def page(points: Sequence[Point], runs: Sequence[Run], folder: Path) -> str:
    """The whole page."""
    found = [measure(point, folder) for point in points]
    said = {point.results: heading(folder / point.results) for point in points}
    parts = [INTRODUCTION, _summary(found, said)]
    for issue in sorted({point.issue for point in points}):
        own = [(point, figure) for point, figure in zip(points, found, strict=True) if point.issue == issue]
        parts.append(_issue(issue, own, said))
    parts.append(_runs(runs, folder))
    return "\n".join(parts)


def _summary(found: Sequence[Found], said: dict[str, Heading]) -> str:
    counts = Counter(figure.holds for figure in found)
    dates = sorted({one.date for one in said.values() if one.date})
    commits = sorted({one.commit for one in said.values()} - {""})
    machines = sorted({one.machine for one in said.values()} - {""})
    bars = counts["yes"] + counts["no"]
    lines = [
        f"- {len(found)} points; of {bars} with a bar and a figure {counts['yes']} hold and {counts['no']} do not; "
        f"{counts['told']} have no bar, {counts['not measured']} are not measured here.",
        f"- Measured {dates[0]} to {dates[-1]}." if dates else "- Nothing was measured.",
        f"- Commits: {', '.join(commits)}." if commits else "- The results files name no commit.",
        "- A commit with `+` was changed by what was not committed yet. A blank one: the file is older than this rule.",
    ]
    lines += [f"- Machine and versions: {machine}" for machine in _shortest(machines)]
    return "\n".join(lines) + "\n"


def _shortest(machines: Sequence[str]) -> list[str]:
    """Each machine once, with all the versions that any file names."""
    versions: dict[str, dict[str, None]] = {}
    for machine in machines:
        told, _, packages = machine.partition(", integrator ")
        names = versions.setdefault(told, {})
        names.update(dict.fromkeys(f"integrator {packages}".rstrip(".").split(", ") if packages else []))
    return [f"{told}: {', '.join(sorted(names))}." for told, names in versions.items()]


def _issue(issue: int, own: Sequence[tuple[Point, Found]], said: dict[str, Heading]) -> str:
    lines = [
        f"## {issue - 1} of 8: {TITLES[issue]}\n",
        "| point | bar | measured | holds | by | on | commit |",
        "|---|---|---|---|---|---|---|",
    ]
    missed = []
    for point, figure in own:
        of = said[point.results]
        text = f"{figure.text} {point.unit}".strip() if figure.text else ""
        scale = "" if point.scale in ("", "whole") else f" ({point.scale})"
        dated = _dated(figure, of)
        cells = (point.point + scale, _bar(point), text, HOLDS[figure.holds], f"[{point.run}](#runs)", *dated)
        lines.append(f"| {' | '.join(map(_cell, cells))} |")
        if figure.holds == "no":
            missed.append(f"- **Missed: {point.point}.** {point.why or 'The reason is not known.'}")
        elif point.why and figure.holds != "not measured":
            missed.append(f"- {point.point}: {point.why}")
    return "\n".join([*lines, *(["", *missed] if missed else [])]) + "\n"


def _dated(figure: Found, of: Heading) -> tuple[str, str]:
    """Date and commit of a figure; rows of an earlier day are of a commit that the file no longer names."""
    if figure.holds == "not measured":
        return "", ""
    if figure.date and figure.date != of.date:
        return figure.date, ""
    return of.date, of.commit


def _bar(point: Point) -> str:
    return f"{WORDS[point.direction][0]} {point.bar} {point.unit}".strip() if point.bar else ""


def _runs(runs: Sequence[Run], folder: Path) -> str:
    lines = [
        "## Runs\n",
        "`python benchmarks/figures.py --only-runs NAME` runs one of them and writes this page anew. A word in "
        "braces is a folder or an interpreter that is given as an option. Minutes: on two quiet processors.\n",
        "| run | command | minutes | results | on | commit |",
        "|---|---|---:|---|---|---|",
    ]
    for run in runs:
        of = heading(folder / run.results)
        cells = (run.name, f"`{run.command}`", run.minutes, f"`{run.results}`", of.date, of.commit)
        lines.append(f"| {' | '.join(map(_cell, cells))} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
