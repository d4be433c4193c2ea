"""What an analyst writes with pandas and rapidfuzz to match needs with suppliers: no library of ours is loaded.

The files of both folders are read (workbooks and CSV, the notice line skipped), put together, lower-cased; each need
(component, processes, materials) is compared with each supplier (products, processes, materials) and the ten best go
into a workbook: need_id, component, buyer, supplier, score, city, products. Three ways of writing it:

- extract: `process.extract` need by need, as its documentation shows; `WRatio` is its default
- apply: `Series.apply` of the score over all suppliers, need by need, then `nlargest`
- cdist: `process.cdist` of many needs with all suppliers at once, on two threads, then a partial sort

`--sample N` takes N needs spread evenly. The last line printed tells CPU and elapsed seconds of each part as JSON.

Usage: python benchmarks/analyst_script.py SUPPLIERS_FOLDER NEEDS_FOLDER OUT.xlsx [--way W] [--scorer S] [--sample N]
       [--top N]
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

WAYS = ("extract", "apply", "cdist")
SCORERS = {"WRatio": fuzz.WRatio, "token_set_ratio": fuzz.token_set_ratio}
AT_ONCE = 500
"""Needs a matrix of `cdist`."""


def read_folder(folder: Path) -> pd.DataFrame:
    """Every file of a folder below one another; blanks are empty texts."""
    frames = []
    for path in sorted(folder.iterdir()):
        if path.suffix == ".csv":
            frames.append(pd.read_csv(path, sep=";", skiprows=1, dtype=str))
        elif path.suffix == ".xlsx":
            frames.append(pd.read_excel(path, skiprows=1, dtype=str, engine="openpyxl"))
    return pd.concat(frames, ignore_index=True).fillna("")


def texts(frame: pd.DataFrame, columns: tuple[str, ...]) -> pd.Series:
    """The columns that are there in one lower-case text."""
    known = [name for name in columns if name in frame.columns]
    return frame[known].agg(" ".join, axis=1).str.lower()


def matched(
    needs: pd.Series, suppliers: pd.Series, way: str, scorer_name: str, top: int
) -> list[tuple[int, int, float]]:
    """Place of the need, place of the supplier, score: the best `top` of each need, ties in the order of the files."""
    scorer = SCORERS[scorer_name]
    found: list[tuple[int, int, float]] = []
    if way == "extract":
        choices = suppliers.tolist()
        for place, text in enumerate(needs):
            found += [(place, at, score) for _, score, at in process.extract(text, choices, scorer=scorer, limit=top)]
    elif way == "apply":
        for place, text in enumerate(needs):
            scores = suppliers.apply(lambda other, text=text: scorer(text, other))
            found += [(place, at, score) for at, score in scores.nlargest(top).items()]
    else:
        choices = suppliers.tolist()
        for start in range(0, len(needs), AT_ONCE):
            part = needs.iloc[start : start + AT_ONCE].tolist()
            scores = process.cdist(part, choices, scorer=scorer, dtype=np.float32, workers=2)
            best = np.argsort(-scores, axis=1, kind="stable")[:, :top]
            found += [(start + row, int(at), float(scores[row, at])) for row, line in enumerate(best) for at in line]
    return found


def deliverable(needs: pd.DataFrame, suppliers: pd.DataFrame, found: list[tuple[int, int, float]]) -> pd.DataFrame:
    """One row a match."""
    need, supplier = (np.array([one[side] for one in found], dtype=int) for side in (0, 1))
    asked, offered = needs.iloc[need].reset_index(drop=True), suppliers.iloc[supplier].reset_index(drop=True)
    return pd.DataFrame(
        {
            "need_id": asked["need_id"],
            "component": asked["component"],
            "buyer": asked["buyer"],
            "supplier": offered["name"],
            "score": [score for *_, score in found],
            "city": offered["city"],
            "products": offered["products"],
        }
    )


class Clock:
    """CPU and elapsed seconds of each part."""

    def __init__(self) -> None:
        self.parts: dict[str, list[float]] = {}
        self._last = time.process_time(), time.perf_counter()

    def lap(self, name: str) -> None:
        """What was used since the last lap is of this part."""
        now = time.process_time(), time.perf_counter()
        self.parts[name] = [after - before for before, after in zip(self._last, now, strict=True)]
        self._last = now


def main() -> None:
    """Read, match, write."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("suppliers", type=Path)
    options.add_argument("needs", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--way", choices=WAYS, default="extract")
    options.add_argument("--scorer", choices=SCORERS, default="WRatio")
    options.add_argument("--sample", type=int, default=0, help="needs, spread evenly; 0 = all")
    options.add_argument("--top", type=int, default=10)
    given = options.parse_args()
    clock = Clock()
    suppliers, needs = read_folder(given.suppliers), read_folder(given.needs)
    total = len(needs)
    if given.sample and given.sample < total:
        needs = needs.iloc[np.linspace(0, total - 1, given.sample).round().astype(int)]
    offered = texts(suppliers, ("products", "processes", "materials"))
    asked = texts(needs, ("component", "processes", "materials"))
    clock.lap("read")
    found = matched(asked, offered, given.way, given.scorer, given.top)
    clock.lap("match")
    deliverable(needs, suppliers, found).to_excel(given.out, index=False)
    clock.lap("write")
    print(json.dumps({"needs": total, "asked": len(needs), "suppliers": len(suppliers), "parts": clock.parts}))


if __name__ == "__main__":
    main()
