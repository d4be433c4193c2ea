"""What an analyst writes with pandas and rapidfuzz to match needs with suppliers: no library of ours is loaded.

The files of both folders are read (workbooks and CSV, the notice line skipped), put together, lower-cased; each need
(component, processes, materials) is compared with each supplier (products, processes, materials) and the ten best go
into a workbook: need_id, component, buyer, supplier, score, city, products. Four ways of writing it:

- extract: `process.extract` need by need, as its documentation shows; `WRatio` is its default
- apply: `Series.apply` of the score over all suppliers, need by need, then `nlargest`
- cdist: `process.cdist` of many needs with all suppliers at once, on two threads, then a partial sort
- criteria: as our sheets say why, what is made, processes, materials, certifications and tariff code are compared one
  by one (`DataFrame.apply` over the suppliers, need by need; what one side leaves blank does not count), and the
  workbook says what each of them gave

`--sample N` takes N needs spread evenly. The last line printed tells CPU and elapsed seconds of each part as JSON.

Usage: python benchmarks/analyst_script.py SUPPLIERS_FOLDER NEEDS_FOLDER OUT.xlsx [--way W] [--scorer S] [--sample N]
       [--top N]
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

WAYS = ("extract", "apply", "cdist", "criteria")
CRITERIA = {
    "component": "products",
    "processes": "processes",
    "materials": "materials",
    "certifications": "certifications",
}
"""Column of a need -> column of a supplier."""
SCORERS = {"WRatio": fuzz.WRatio, "token_set_ratio": fuzz.token_set_ratio}
Scorer = Callable[[str, str], float]
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


def by_criteria(
    needs: pd.DataFrame, suppliers: pd.DataFrame, scorer_name: str, top: int
) -> list[tuple[int, int, float]]:
    """As `matched`, from tables: the mean of the criteria that both sides say something of."""
    scorer = SCORERS[scorer_name]
    asked, offered = lowered(needs), lowered(suppliers)
    found: list[tuple[int, int, float]] = []
    for place, need in enumerate(asked.to_dict("records")):
        scores = offered.apply(lambda row, need=need: mean(criteria(need, row, scorer)), axis=1)
        found += [(place, at, score) for at, score in scores.nlargest(top).items()]
    return found


def criteria(need: Mapping[str, str], supplier: Mapping[str, str], scorer: Scorer) -> dict[str, float]:
    """What each criterion gives, 0 to 100."""
    found = {
        name: scorer(need[name], supplier[other]) for name, other in CRITERIA.items() if need[name] and supplier[other]
    }
    if need["hs_code"] and supplier["hs_codes"]:
        found["hs_code"] = 100.0 if need["hs_code"][:4] in supplier["hs_codes"].replace(".", "") else 0.0
    return found


def mean(given: Mapping[str, float]) -> float:
    """The mean of what is there."""
    return sum(given.values()) / len(given) if given else 0.0


def lowered(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns that are compared, lower-case."""
    names = dict.fromkeys([*CRITERIA, *CRITERIA.values(), "hs_code", "hs_codes"])
    return pd.DataFrame(
        {name: frame[name].astype(str).str.lower() if name in frame.columns else "" for name in names},
        index=frame.index,
    )


def reasons(
    needs: pd.DataFrame, suppliers: pd.DataFrame, found: list[tuple[int, int, float]], scorer: str
) -> list[str]:
    """What each criterion of each match gave."""
    asked, offered = lowered(needs).to_dict("records"), lowered(suppliers).to_dict("records")
    each = (criteria(asked[need], offered[supplier], SCORERS[scorer]) for need, supplier, _ in found)
    return ["; ".join(f"{name} {value:.0f}" for name, value in one.items()) for one in each]


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
    if given.way == "criteria":
        found = by_criteria(needs, suppliers, given.scorer, given.top)
        sheet = deliverable(needs, suppliers, found).assign(reasons=reasons(needs, suppliers, found, given.scorer))
    else:
        found = matched(asked, offered, given.way, given.scorer, given.top)
        sheet = deliverable(needs, suppliers, found)
    clock.lap("match")
    sheet.to_excel(given.out, index=False)
    clock.lap("write")
    print(json.dumps({"needs": total, "asked": len(needs), "suppliers": len(suppliers), "parts": clock.parts}))


if __name__ == "__main__":
    main()
