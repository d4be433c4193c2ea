"""Made-up data: no company and no figure of this benchmark is real. It measures the reading of a large .xlsx.

A workbook of 100,000 suppliers x 20 columns is made from a seed and read by `integrator check` (read, mapped,
validated), by our `read_book` alone, and by three readers that analysts use. Each reading is a process of its own, the
methods take turns, and the median counts: the speed of a shared machine drifts.
"""

from __future__ import annotations

import argparse
import datetime
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from results_file import measured_by, today, write_results

RESULTS = Path(__file__).with_name("results") / "reading.csv"
SEED = 20
PACKAGES = ("python-calamine", "openpyxl", "pandas")
_EDGES = {"min": min, "max": max}
SET_ASIDE = 1
"""The total line at the end."""
OURS = "read_book"
METHODS = {
    "integrator check": "",
    OURS: "from integrator.workbooks import read_book\nrows = read_book(path, 'a.xlsx').sheets[0].rows",
    "python_calamine": (
        "from python_calamine import CalamineWorkbook\n"
        "rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()"
    ),
    "openpyxl read_only": (
        "from openpyxl import load_workbook\n"
        "rows = list(load_workbook(path, read_only=True).active.iter_rows(values_only=True))"
    ),
    "pandas.read_excel": ("import pandas\nrows = pandas.read_excel(path, engine='calamine', header=None)"),
}
"""What a process runs; `integrator check` is called as users do. Ours are the first two."""

PLACES = (
    ("Tanger", "Tanger-Tétouan-Al Hoceïma", "Tanger Automotive City"),
    ("Kénitra", "Rabat-Salé-Kénitra", "Atlantic Free Zone"),
    ("Casablanca", "Casablanca-Settat", "Aïn Sebaâ"),
    ("Fès", "Fès-Meknès", "Sidi Brahim"),
    ("Berrechid", "Casablanca-Settat", ""),
    ("Agadir", "Souss-Massa", "Aït Melloul"),
)
NAMES = "Emboutis Moulage Fonderie Câblage Usinage Traitement Faisceaux Découpe Outillage Plasturgie".split()
NATURES = "Atlas Détroit Chaouia Rif Souss Saïss Gharb Oriental Tadla Haouz".split()
PRODUCTS = (
    "pièces embouties", "supports soudés", "faisceaux électriques", "pare-chocs", "disques de frein", "joints",
    "clips plastiques", "coiffes de siège", "vis et écrous", "boîtiers aluminium", "tubes", "ressorts",
)  # fmt: skip
PROCESSES = (
    "emboutissage", "soudage", "injection plastique", "fonderie aluminium", "usinage", "peinture", "assemblage",
    "découpe laser", "extrusion", "surmoulage",
)  # fmt: skip
MATERIALS = "acier aluminium PP PA66 ABS cuivre fonte caoutchouc laiton".split()
CERTIFICATES = ("IATF 16949", "ISO 9001", "ISO 9001; ISO 14001", "IATF 16949:2016; ISO 14001", "")
MACHINES = ("presse 400 t", "tour CNC", "robot de soudage", "presse à injecter 250 t", "banc d'essai")
HEADINGS = (
    "Code fournisseur", "Raison sociale", "Groupe", "Origine du capital", "Ville", "Région", "Zone industrielle",
    "Produits", "Procédés", "Matières", "Parc machines", "Certifications", "Effectif", "Capacité annuelle",
    "Capacité disponible", "Chiffre d'affaires", "Clients", "Codes SH", "Statut", "Date source",
)  # fmt: skip
Cell = str | int | datetime.date | None


class Measure(NamedTuple):
    """One process: how long, how much, and what it printed."""

    seconds: float
    peak_mb: float
    said: str


def supplier(draw: random.Random, number: int) -> list[Cell]:
    """One made-up row: texts, figures, quantities with units, dates and blanks."""
    city, region, zone = draw.choice(PLACES)
    tonnes = draw.randrange(1, 60) * 500

    def some(words: Sequence[str], most: int) -> str:
        return "; ".join(draw.sample(words, draw.randint(1, most)))

    def often(share: float, cell: Cell) -> Cell:
        return cell if draw.random() < share else None

    return [
        f"F{number:06d}",
        f"{draw.choice(NAMES)} {draw.choice(NATURES)} {number} (démo)",
        often(0.3, f"Groupe {draw.randrange(200)} (démo)"),
        often(0.8, draw.choice(("Maroc", "France", "Espagne", "Allemagne", "Japon"))),
        city,
        region,
        zone,
        some(PRODUCTS, 3),
        some(PROCESSES, 3),
        often(0.8, some(MATERIALS, 2)),
        often(0.5, "; ".join(f"{draw.randint(1, 40)} {machine}" for machine in draw.sample(MACHINES, 2))),
        draw.choice(CERTIFICATES),
        often(0.9, draw.choice((draw.randrange(10, 4_000), f"environ {draw.randrange(10, 90) * 10}"))),
        often(0.7, draw.choice((f"{tonnes} t/an", f"{tonnes * 100} pièces/an", f"{tonnes // 100} pièces/jour"))),
        often(0.3, f"{draw.randrange(5, 60)} %"),
        often(
            0.6, draw.choice((f"{draw.randrange(5, 900)} MDH", f"{draw.randrange(1, 90)},{draw.randrange(1, 9)} M€"))
        ),
        often(0.5, f"Constructeur {draw.choice('ABCDEF')} (démo)"),
        often(0.6, draw.choice(("870829", "8708.30", "854430", "392630", "732690"))),
        f"operating {draw.randrange(2015, 2026)}",
        datetime.date(2020, 1, 1) + datetime.timedelta(days=draw.randrange(2_000)),
    ]


def make(path: Path, rows: int) -> None:
    """Write the workbook as Excel does, with shared texts: a title, the headings, the rows, a total."""
    import xlsxwriter

    draw = random.Random(SEED)
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd", "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("Fournisseurs")
        sheet.write(0, 0, "Made-up data for a benchmark: no company and no figure is real")
        sheet.write_row(1, 0, HEADINGS)
        for number in range(1, rows + 1):
            for column, cell in enumerate(supplier(draw, number)):
                if cell is not None and cell != "":
                    sheet.write(number + 1, column, cell)
        sheet.write_row(rows + 2, 0, ["TOTAL", rows])


def measured(command: Sequence[str], folder: str) -> Measure:
    """Run a command to its end; the system says the peak of that process alone."""
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        said = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[:4]} ended with {process.returncode}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Measure(seconds, kilobytes / 1024, said)


def command(method: str, path: Path) -> list[str]:
    """The command line of one reading."""
    if not METHODS[method]:
        return [sys.executable, "-m", "integrator", "check", "--suppliers", path.name, "--needs", "none"]
    code = f"import sys, pathlib\npath = pathlib.Path(sys.argv[1])\n{METHODS[method]}\nprint(len(rows))"
    return [sys.executable, "-c", code, str(path)]


def accounting(said: str) -> tuple[int, int]:
    """Rows used and set aside, as `integrator check` says them."""
    found = re.search(r"(\d+) rows = (\d+) used \+ (\d+) set aside", said)
    if found is None:
        raise SystemExit(f"no accounting of rows: {said[:300]}")
    return int(found.group(2)), int(found.group(3))


def report(taken: dict[str, list[Measure]], rows: int, size: int, results: Path) -> None:
    """Print the table and write it with its date, versions and machine."""
    seconds = {method: statistics.median(one.seconds for one in runs) for method, runs in taken.items()}
    rounds = len(next(iter(taken.values())))
    table = []
    print(f"\n{'method':20} {'seconds':>8} {'peak MB':>8} {'ratio to ' + OURS:>19}")
    for method, runs in taken.items():
        ratio = seconds[method] / seconds[OURS]
        peak = statistics.median(one.peak_mb for one in runs)
        print(f"{method:20} {seconds[method]:8.2f} {peak:8.0f} {ratio:19.2f}")
        spread = {f"seconds_{name}": f"{edge(one.seconds for one in runs):.2f}" for name, edge in _EDGES.items()}
        row = {"date": today(), "method": method, "seconds": f"{seconds[method]:.2f}", **spread}
        table.append({**row, "peak_mb": f"{peak:.0f}", "ratio": f"{ratio:.2f}"})
    about = [
        f"Made-up data, {rows} rows x {len(HEADINGS)} columns, {size / 1e6:.1f} MB, seed {SEED}.",
        f"seconds: median of {rounds} processes in turn; ratio: to {OURS}.",
    ]
    write_results(results, table, about, PACKAGES)
    print(*measured_by(PACKAGES), sep="\n")


def main() -> None:
    """Make the workbook, let the methods take turns, report."""
    options = argparse.ArgumentParser(description="Measure the reading of a large made-up workbook.")
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--make", type=Path, help="only write the workbook")
    options.add_argument("--results", type=Path, default=RESULTS)
    given = options.parse_args()
    if given.make:
        make(given.make, given.rows)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "suppliers.xlsx"
        # In a process of its own: the system counts what this one once held to the processes it starts.
        script = str(Path(__file__).resolve())
        measured([sys.executable, script, "--make", str(path), "--rows", str(given.rows)], folder)
        taken: dict[str, list[Measure]] = {method: [] for method in METHODS}
        for number in range(given.rounds):
            for method, runs in taken.items():
                runs.append(measured(command(method, path), folder))
                print(f"round {number + 1}: {method} {runs[-1].seconds:.2f} s", flush=True)
        size = path.stat().st_size
    held = {runs[0].said.strip() for method, runs in taken.items() if METHODS[method]}
    if held != {str(given.rows + 3)}:
        raise SystemExit(f"the readers do not give the same rows: {held}")
    used, aside = accounting(taken["integrator check"][0].said)
    print(f"rows used: {used}, set aside: {aside} (expected: {SET_ASIDE})")
    report(taken, given.rows, size, given.results)
    if aside > SET_ASIDE or used + aside != given.rows + 1:
        raise SystemExit("more rows are set aside than expected")


if __name__ == "__main__":
    main()
