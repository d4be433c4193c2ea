"""Made-up suppliers, needs and judgements by a rule: small enough to be trained on in a test."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from integrator import config, intake, pipeline
from integrator.ranking import Scorecard
from integrator.records import CellRef, Judgement, Record

TRADES = (
    ("étrier de frein", "fonderie; usinage", "fonte"),
    ("disque de frein", "fonderie", "fonte"),
    ("support embouti", "emboutissage", "acier"),
    ("tube de carburant", "cintrage", "acier"),
    ("faisceau de câbles", "sertissage", "cuivre"),
    ("connecteur", "injection plastique", "PBT"),
    ("pare-chocs", "injection plastique", "PP"),
    ("joint d'étanchéité", "extrusion", "EPDM"),
    ("coiffe de siège", "couture", "textile"),
    ("tapis de sol", "thermoformage", "feutre"),
)
SUPPLIERS: tuple[dict[str, str], ...] = tuple(
    {
        "supplier_id": f"S{i:02}",
        "name": f"Établissements Zellige-{i:02} (démo)",
        "products": f"{part}; {TRADES[(i + 3) % len(TRADES)][0]}",
        "processes": processes,
        "materials": material if i % 2 else "",
    }
    for i, (part, processes, material) in enumerate(TRADES)
)
NEEDS: tuple[dict[str, str], ...] = tuple(
    {
        "need_id": f"X{i:02}",
        "component": part,
        "processes": TRADES[3 * i % len(TRADES)][1] if i % 3 else processes,
        "materials": material,
    }
    for i, (part, processes, material) in enumerate(TRADES)
)
JUDGE = "Juge-démo-Anonyme"
Rule = Callable[[str, str, float], int | None]
"""Need id, supplier id and score of the scorecard -> grade."""


def by_score(need: str, supplier: str, score: float) -> int:
    """The truth follows the scorecard's own order."""
    return 4 if score > 60 else 2 if score > 25 else 0


def by_supplier(need: str, supplier: str, score: float) -> int:
    """The truth asks who it is, which the scorecard does not know."""
    return int(supplier[1:]) % 5


def by_chance(need: str, supplier: str, score: float) -> int:
    """Drawn, but the same each time: there is nothing to learn, only to remember."""
    return zlib.crc32(f"{need} {supplier}".encode()) % 5


def records(kind: str, rows: Iterable[Mapping[str, str]]) -> tuple[Record, ...]:
    """Rows as if they had been read from a file."""
    made = []
    for number, values in enumerate(rows, start=2):
        ref = CellRef(f"{kind}s.csv", "", number)
        made.append(Record(kind, ref, dict(values), dict.fromkeys(values, ref)))  # type: ignore[arg-type]
    return tuple(made)


def judgement_rows(judgements: Iterable[Judgement]) -> list[dict[str, str]]:
    """Judgements as rows of a file."""
    return [
        {
            "need_id": one.need_id, "supplier_id": one.supplier_id, "judged_by": one.judged_by,
            "grade": "unsure" if one.grade is None else str(one.grade), "judged_on": one.judged_on,
        }
        for one in judgements
    ]  # fmt: skip


def inputs(
    judgements: Iterable[Judgement] = (),
    suppliers: Sequence[Mapping[str, str]] = SUPPLIERS,
    needs: Sequence[Mapping[str, str]] = NEEDS,
) -> intake.Inputs:
    """Everything that a job reads."""
    made = {
        "supplier": records("supplier", suppliers),
        "need": records("need", needs),
        "judgement": records("judgement", judgement_rows(judgements)),
    }
    return intake.Inputs(made, (), (), {})  # type: ignore[arg-type]


def run_of(judgements: Iterable[Judgement] = (), folder: Path | None = None) -> pipeline.Run:
    """The run by the scorecard; its store lies in `folder`."""
    job = config.Config(base=folder or Path("no-such-folder"))
    return pipeline.match(job, inputs(judgements), scorer=Scorecard())


def judge(run: pipeline.Run, rule: Rule, judged_by: str = JUDGE, day: str = "2026-01-01") -> list[Judgement]:
    """A judgement of every candidate pair."""
    rows = run.tables["candidates"][["need_id", "supplier_id", "score"]].itertuples(index=False, name=None)
    return [Judgement(need, one, rule(need, one, score), "", "", judged_by, day) for need, one, score in rows]


def write_job(folder: Path, judgements: Iterable[Judgement]) -> None:
    """The same as files with their job file, `integrator.toml`."""
    tables = {"suppliers": SUPPLIERS, "needs": NEEDS, "judgements": judgement_rows(judgements)}
    for name, rows in tables.items():
        write_rows(folder / f"{name}.csv", rows)
    listed = "\n".join(f'{name} = ["{name}.csv"]' for name in tables)
    (folder / "integrator.toml").write_text(f"[inputs]\n{listed}\n", encoding="utf-8")


def write_rows(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Rows as a delimited text."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
