"""Made-up data: a job of any size whose rows have the shapes of the real ones in `data/`.

A supplier takes the cells of a real one, blanks included, a name of its own, and one to three product lines that real
suppliers say (two of three its own model's). A need takes the cells of a real need and, six times in ten, its name;
else a product line of a real supplier. One word in twenty of four letters or more loses or doubles a letter. Written as
two workbooks (the first 60 % of the suppliers, the first half of the needs) and two CSV files: analysts hold both.

Usage: python benchmarks/sized_job.py SUPPLIERSxNEEDS FOLDER [--seed N]
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import xlsxwriter

from integrator.config import load
from integrator.intake import read
from integrator.records import Record

ROOT = Path(__file__).resolve().parents[1]
SEED = 20_26
NOTICE = "Made-up data for benchmarks: no row is a real company or a real need."
SYLLABLES = (
    "ka ta mo ra li no sa be du fi go ha je ki lo ma ne or pa qu ri so ti um va xe yo za bri cor del fra gra mar nor"
).split()
TRADES = "Industries Plast Métal Auto Composites Câblage Fonderie Systèmes Technologies Outillage Moulage".split()
FORMS = ("SARL", "SA", "SARL AU", "", "")
FLIPPED = 0.05
"""Share of the words of four letters or more with a slip of the hand."""

Rows = list[dict[str, str]]


def made_up(suppliers: int, needs: int, seed: int = SEED) -> tuple[Rows, Rows]:
    """Rows of suppliers and of needs, the same for the same seed."""
    real = read(load(ROOT / "integrator.toml")).records
    rng = np.random.default_rng([seed, suppliers, needs])
    makers = [dict(one.values) for one in real["supplier"]]
    lines = _lines(real["supplier"])
    wanted = [dict(one.values) for one in real["need"]]
    return (
        [_supplier(number, makers, lines, rng) for number in range(suppliers)],
        [_need(number, wanted, lines, rng) for number in range(needs)],
    )


def _lines(records: Sequence[Record]) -> list[str]:
    cells = (record.values.get("products", "") for record in records)
    return sorted({line.strip() for cell in cells for line in cell.replace("\n", ";").split(";") if line.strip()})


def _supplier(number: int, makers: Rows, lines: Sequence[str], rng: np.random.Generator) -> dict[str, str]:
    model = dict(makers[rng.integers(len(makers))])
    own = [line.strip() for line in model.get("products", "").split(";") if line.strip()]
    said = [str(rng.choice(own if own and rng.random() < 2 / 3 else lines)) for _ in range(rng.integers(1, 4))]
    name = "".join(rng.choice(SYLLABLES, rng.integers(2, 4))).capitalize()
    words = (name, str(rng.choice(TRADES)), str(rng.choice(FORMS)))
    given = {"supplier_id": f"M{number:07}", "name": " ".join(filter(None, words)), "group": "", "source_url": ""}
    return {**model, **given, "products": "; ".join(_slipped(line, rng) for line in dict.fromkeys(said))}


def _need(number: int, wanted: Rows, lines: Sequence[str], rng: np.random.Generator) -> dict[str, str]:
    model = dict(wanted[rng.integers(len(wanted))])
    given = {"need_id": f"B{number:06}", "source_url": ""}
    if rng.random() < 0.4:
        given |= {"component": str(rng.choice(lines)), "component_en": "", "component_ar": ""}
    row = {**model, **given}
    return {**row, "component": f"{_slipped(row['component'], rng)} réf {rng.integers(10_000, 999_999)}"}


def _slipped(text: str, rng: np.random.Generator) -> str:
    words = text.split(" ")
    for place, word in enumerate(words):
        if len(word) >= 4 and rng.random() < FLIPPED:
            cut = int(rng.integers(1, len(word) - 1))
            words[place] = word[:cut] + word[cut + 1 :] if rng.random() < 0.5 else word[: cut + 1] + word[cut:]
    return " ".join(words)


def write_csv(path: Path, rows: Rows) -> None:
    """A CSV with the notice above its header."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\n")
        writer.writerow([NOTICE])
        names = _columns(rows)
        writer.writerow(names)
        writer.writerows([row.get(name, "") for name in names] for row in rows)


def write_workbook(path: Path, rows: Rows) -> None:
    """A workbook of one sheet with the notice above its header."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Feuil1")
    names = _columns(rows)
    sheet.write_row(0, 0, [NOTICE])
    sheet.write_row(1, 0, names)
    for number, row in enumerate(rows, start=2):
        sheet.write_row(number, 0, [row.get(name, "") for name in names])
    book.close()


def _columns(rows: Iterable[dict[str, str]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name, value in row.items() if value))


def write_job(folder: Path, suppliers: int, needs: int, seed: int = SEED) -> Path:
    """The inputs and an `integrator.toml` that reads them; the path of the latter."""
    offered, asked = made_up(suppliers, needs, seed)
    for name, rows, share in (("suppliers", offered, 0.6), ("needs", asked, 0.5)):
        (folder / name).mkdir(parents=True, exist_ok=True)
        first = round(len(rows) * share)
        write_workbook(folder / name / "first.xlsx", rows[:first])
        write_csv(folder / name / "second.csv", rows[first:])
    job = folder / "integrator.toml"
    job.write_text(
        f'# {NOTICE}\n[inputs]\nsuppliers = ["suppliers"]\nneeds = ["needs"]\n'
        '[output]\nfolder = "out"\nlang = "fr"\ndate = "2026-11-27"\n',
        encoding="utf-8",
    )
    return job


def main() -> None:
    """Write one job."""
    options = argparse.ArgumentParser(description="Write a made-up job with the shapes of the real one.")
    options.add_argument("size", help="suppliers x needs, as 10000x2000")
    options.add_argument("folder", type=Path)
    options.add_argument("--seed", type=int, default=SEED)
    given = options.parse_args()
    suppliers, needs = map(int, given.size.split("x"))
    print(write_job(given.folder, suppliers, needs, given.seed))


if __name__ == "__main__":
    main()
