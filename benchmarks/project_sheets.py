"""How long the workbook of project sheets takes, and how much memory, with the needs of `data/` repeated.

The tables of one run of the shipped job are repeated (ids with a number behind them) and cut to the number of sheets
asked for. Beside it, in the same process, openpyxl writes the same cells (values, fonts, grounds, merged cells; no
charts) read back from our file: what the other usual writer of Excel files needs for less. Columns of the result:
`sheets`, `what` (ours, openpyxl), `seconds` elapsed, `cpu` of the processor, `megabytes` of memory at most (of the
process, tables included; of ours before openpyxl begins), `charts`, `kilobytes` of the file.

Usage: python benchmarks/project_sheets.py [--sheets N] [--language fr|en|ar] [--results FILE]
"""

from __future__ import annotations

import argparse
import re
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from copy import copy
from multiprocessing import get_context
from pathlib import Path

import openpyxl
import pandas as pd
from results_file import write_results

from integrator.project_sheets import write_project_sheets

IDS = ("need_id", "sheet_id", "member_id")
LOOKS = ("font", "fill", "alignment", "border", "number_format")
ROOT = Path(__file__).parents[1]


def tables_of(language: str) -> dict[str, pd.DataFrame]:
    """The tables of the shipped job; the program that makes them is loaded in the other process alone."""
    from integrator import pipeline
    from integrator.config import load

    config = load(ROOT / "integrator.toml").with_changes({"output": {"lang": language}})
    return dict(pipeline.run(config).tables)


def repeated(tables: dict[str, pd.DataFrame], sheets: int) -> dict[str, pd.DataFrame]:
    """The tables with every need repeated until there are so many."""
    times = -(-sheets // len(tables["needs"]))
    found = {}
    for name, frame in tables.items():
        columns = [column for column in IDS if column in frame.columns]
        if name == "facts":
            needs = frame[frame["entity"] == "need"]
            copies = [needs.assign(entity_id=needs["entity_id"] + f"-{number}") for number in range(times)]
            found[name] = pd.concat([frame[frame["entity"] != "need"], *copies], ignore_index=True)
        elif columns and len(frame):
            found[name] = pd.concat([_numbered(frame, columns, number) for number in range(times)], ignore_index=True)
        else:
            found[name] = frame
    found["opportunities"] = found["opportunities"].head(sheets)
    return found


def _numbered(frame: pd.DataFrame, columns: list[str], number: int) -> pd.DataFrame:
    return frame.assign(**{column: [f"{one}-{number}" if one else one for one in frame[column]] for column in columns})


def measured(work: Callable[[], None], path: Path, sheets: int, what: str) -> dict[str, object]:
    """One line of the result."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    took = time.perf_counter() - wall, time.process_time() - cpu
    with zipfile.ZipFile(path) as archive:
        charts = sum(bool(re.fullmatch(r"xl/charts/chart\d+\.xml", name)) for name in archive.namelist())
    return {
        "sheets": sheets, "what": what, "seconds": round(took[0], 1), "cpu": round(took[1], 1),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "charts": charts,
        "kilobytes": path.stat().st_size // 1024,
    }  # fmt: skip


def copied(source: Path, target: Path) -> Callable[[], None]:
    """Write the cells of a workbook anew by openpyxl; they are read before the clock starts."""
    book = openpyxl.load_workbook(source)

    def work() -> None:
        out, looks = openpyxl.Workbook(), {}
        out.remove(out.active)
        for sheet in book:
            new = out.create_sheet(sheet.title)
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.has_style or cell.value is not None:
                        other = new.cell(cell.row, cell.column, cell.value)
                        if cell.style_id not in looks:
                            looks[cell.style_id] = [copy(getattr(cell, name)) for name in LOOKS]
                        for name, look in zip(LOOKS, looks[cell.style_id], strict=True):
                            setattr(other, name, look)
            for merged in sheet.merged_cells.ranges:
                new.merge_cells(merged.coord)
        out.save(target)

    return work


def main() -> None:
    """Measure, print, write the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sheets", type=int, default=500)
    parser.add_argument("--language", choices=("fr", "en", "ar"), default="fr")
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks/results/project_sheets.csv")
    options = parser.parse_args()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:  # matching keeps its memory to itself
        tables = repeated(other.submit(tables_of, options.language).result(), options.sheets)
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "ours.xlsx", Path(folder) / "openpyxl.xlsx"
        lines = [
            measured(lambda: write_project_sheets(ours, tables, options.language, 10, ""), ours, options.sheets, "ours")
        ]
        lines.append(measured(copied(ours, theirs), theirs, options.sheets, "openpyxl"))
    about = ["The needs of data/, repeated. Columns: see the head of benchmarks/project_sheets.py."]
    write_results(options.results, lines, about, ["XlsxWriter", "openpyxl"])
    for line in lines:
        print("  ".join(f"{name} {value}" for name, value in line.items()))
    print(f"openpyxl / ours: {lines[1]['cpu'] / lines[0]['cpu']:.1f} x the processor time")  # type: ignore[operator]


if __name__ == "__main__":
    main()
