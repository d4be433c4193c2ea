"""A finished run -> a folder, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from integrator import (
    __version__,
    budget,
    circulation,
    meaning,
    normalization,
    project_sheets,
    review,
    staging,
    tables,
    valuation,
)
from integrator.errors import OutputError
from integrator.parts import beside, in_parts
from integrator.pipeline import Run
from integrator.wording import wording
from integrator.workbooks.csv_tables import write_csv_parts

MANIFEST = "manifest.json"
_CALLED = {"run": "a run", "packs": "a set of packs"}
_LIBRARIES = ("numpy", "pandas", "scipy", "scikit-learn", "rapidfuzz", "python-calamine", "XlsxWriter")


Kind = Literal["run", "packs"]


def check_target(out: Path, force: bool, kind: Kind = "run") -> None:
    """Raise `OutputError` when the folder exists and may not be replaced: only by one of its kind, with `force`."""
    if out.is_symlink():
        raise OutputError(f"{out}: is a link, and the folder behind it would not be replaced: name that folder itself.")
    if not out.exists():
        return
    if not out.is_dir() or not (out / MANIFEST).is_file():
        raise OutputError(f"{out}: exists and is not a folder of ours: name another folder.")
    there = _kind_of(out / MANIFEST)
    if there != kind:
        raise OutputError(f"{out}: holds {_CALLED[there]}, not {_CALLED[kind]}: name another folder.")
    if not force:
        raise OutputError(f"{out}: {_CALLED[there]} is there already: give --force to replace it, or name another.")


def _kind_of(manifest: Path) -> Kind:
    """What a folder holds; one whose manifest cannot be read is taken for a run."""
    try:
        content = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return "run"
    return "packs" if isinstance(content, dict) and "packs_by" in content else "run"


def write(run: Run, out: Path, force: bool) -> None:
    """Write every output to a temporary sibling, then put it in place; a failure leaves the old folder as it was.

    Raises `OutputError` when the folder exists without `force`, is not ours, or cannot be written.
    """
    _write_whole(out, force, lambda folder: _fill(run, folder))


def _write_whole(out: Path, force: bool, fill: Callable[[Path], None], kind: Kind = "run") -> None:
    check_target(out, force, kind)
    try:
        staging.put(out, fill)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{out}: cannot be written ({reason}): close the files that are open and check space and rights."
        ) from error


def seen_tables(run: Run, level: str) -> dict[str, pd.DataFrame]:
    """The tables of a run as the readers of a level may see them. Raises `UsageError` for another level."""
    lang = run.config.output.lang
    return circulation.seen_tables(
        run.tables, _shown(run, level), lambda needs, matches: valuation.opportunities_table(needs, matches, lang)
    )


def _shown(run: Run, level: str) -> circulation.Shown:
    output = run.config.output
    return circulation.Shown(circulation.as_level(level), output.confidentiality, wording(output.lang)("level.word"))


def write_packs(run: Run, out: Path, by: str, level: str, force: bool) -> int:
    """One workbook a receiver, with what its level may see and without the pages of the job, and a circulation list.

    Returns how many. Written whole or not at all. Raises `UsageError` for another `by` or `level`, for packs by buyer
    at a level that may not know buyers and where the level may see nothing; `OutputError` as `write` does.
    """
    output, date, words = run.config.output, run.config.run_date, wording(run.config.output.lang)
    shown, seen = _shown(run, level), seen_tables(run, level)
    found = circulation.packs(seen, by, shown.level)
    notice = "  ·  ".join(filter(None, (words("level.page", level=words(f"level.{shown.level}")), output.notice)))
    sheets = dict(zip(seen["opportunities"]["need_id"], seen["opportunities"]["sheet_id"], strict=True))

    def fill(folder: Path) -> None:
        for pack in found:
            project_sheets.write_project_sheets(
                folder / f"{pack.file}.xlsx", circulation.only(seen, pack), output.lang, output.top, date, notice,
                of_job=False,
            )  # fmt: skip
        circulation.write_list(folder, found, sheets, shown.level, words, date, notice)
        content = {"integrator": __version__, "packs_by": by, "level": shown.level, "packs": len(found)}
        (folder / MANIFEST).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")

    _write_whole(out, force, fill, "packs")
    return len(found)


def _fill(run: Run, folder: Path) -> None:
    output, date = run.config.output, run.config.run_date
    (folder / "tables").mkdir()
    for name in tables.ALL:
        write_csv_parts(folder / "tables" / f"{name}.csv", in_parts(run.tables, name))
    budget.give_back()
    if output.sheets:
        project_sheets.write_project_sheets(
            folder / "project_sheets.xlsx", run.tables, output.lang, output.top, date, output.notice,
            outline=run.outline, sheets=output.sheets,
        )  # fmt: skip
        project_sheets.write_report(
            folder / "report.html", run.tables, output.lang, output.top, date, output.notice, output.sheets
        )
    project_sheets.write_quality(
        folder / "quality.xlsx",
        run.counts,
        beside(run.tables, {"unknown_terms": normalization.ranked(run.tables["unknown_terms"])}),
        output.lang,
        date,
        output.notice,
    )
    review.write_review(folder / "review.xlsx", run.tables, output.lang, date, notice=output.notice)
    manifest = json.dumps(_manifest(run, folder), ensure_ascii=False, indent=2, sort_keys=True)
    (folder / MANIFEST).write_text(manifest + "\n", encoding="utf-8")


def _manifest(run: Run, folder: Path) -> dict[str, Any]:
    """What made this folder; no clock, no machine name, no absolute path."""
    outputs = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        "integrator": __version__,
        "tables_version": tables.VERSION,
        "python": ".".join(map(str, sys.version_info[:2])),
        "libraries": {name: version(name) for name in (*_LIBRARIES, *_extras(run))},
        "config": run.config.model_dump(mode="json", exclude={"output": {"folder"}, "resources": True, "spark": True}),
        "run_date": run.config.run_date,
        "ranker": run.scorer.about(),
        "seeds": {},
        "inputs": dict(run.files),
        "knowledge": dict(run.knowledge),
        "rows": [
            {"file": c.file, "sheet": c.sheet, "rows": c.rows, "used": c.used, "set_aside": c.set_aside}
            for c in run.counts
        ],
        "counts": dict(run.stage_counts),
        "outputs": {path.relative_to(folder).as_posix(): _sha256(path) for path in outputs},
    }


def _extras(run: Run) -> tuple[str, ...]:
    """Optional packages that this run rests on."""
    return (meaning.PACKAGE,) if run.config.matching.semantic else ()


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
