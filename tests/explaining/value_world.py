"""A small made-up job with everything that a valuation can rest on; no company, part or number in it is real."""

from __future__ import annotations

import csv
import dataclasses
from pathlib import Path

from integrator import config, intake, pipeline, valuation
from integrator.ranking import Scorecard
from integrator.records import CellRef, EntityKind, Record
from integrator.taxonomy import load
from integrator.valuation.bills import Bills
from integrator.valuation.bom import Line, Local, Vehicle
from integrator.valuation.figures import Given, Range, exact
from integrator.valuation.leontief import Economy
from integrator.valuation.options import Options
from integrator.valuation.reading.trade_files import read_trade
from integrator.valuation.stated import Stated
from integrator.valuation.trade_position import trade_of

HERE = Path(__file__).parent
SUPPLIERS = [
    {"supplier_id": "S1", "name": "Moulage Alpha (made-up)", "products": "connecteur automobile", "region": "Démo-Nord",
     "processes": "injection plastique; assemblage", "materials": "PBT", "spare_capacity": "300000 pièces/an"},
    {"supplier_id": "S2", "name": "Emboutis Bêta (made-up)", "products": "support embouti", "region": "Démo-Sud",
     "processes": "emboutissage", "materials": "acier", "annual_capacity": "500000 pièces/an"},
    {"supplier_id": "S3", "name": "Montage Gamma (made-up)", "products": "support embouti assemblé",
     "processes": "assemblage; cataphorèse", "materials": "acier"},
]  # fmt: skip
NEEDS = [
    {"need_id": "N1", "component": "connecteur automobile", "processes": "injection plastique", "hs_code": "853690",
     "annual_volume": "200000", "unit": "pièces/an", "unit_price": "4,50", "currency": "EUR", "sop": "2028",
     "imported_from": "Espagne", "buyer": "Constructeur démo"},
    {"need_id": "N2", "component": "connecteur automobile", "processes": "injection plastique", "hs_code": "853690",
     "annual_volume": "100000", "unit": "pièces/an", "unit_price": "4,60", "currency": "EUR", "buyer": "Autre démo"},
    {"need_id": "N3", "component": "support embouti", "processes": "emboutissage; cataphorèse; assemblage",
     "annual_volume": "90000", "unit": "pièces/an", "unit_price": "30", "currency": "MAD"},
    {"need_id": "N4", "component": "bidule de freinette"},
]  # fmt: skip


def records(kind: EntityKind, rows: list[dict[str, str]]) -> tuple[Record, ...]:
    made = []
    for number, values in enumerate(rows, start=2):
        ref = CellRef(f"{kind}s.csv", "", number)
        made.append(Record(kind, ref, values, dict.fromkeys(values, ref)))
    return tuple(made)


def stated() -> Stated:
    """Of `stated.csv`: need, supplier, input, low, high, unit; an exact value has a point."""
    with (HERE / "stated.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(line for line in stream if not line.startswith("#")))
    of: dict[tuple[str, str], dict[str, Given]] = {}
    for number, row in enumerate(rows, start=2):
        low, high = float(row["low"]), float(row["high"])
        value = Range(low, high, low if low == high else None)
        given = Given(row["input"], value, row["unit"], "stated", "made up", "2026", f"stated.csv D{number}")
        of.setdefault((row["need_id"], row["supplier_id"]), {})[row["input"]] = given
    return Stated(
        of_job=of.get(("", ""), {}),
        of_needs={need: inputs for (need, supplier), inputs in of.items() if need and not supplier},
        of_suppliers={supplier: inputs for (need, supplier), inputs in of.items() if supplier and not need},
        of_pairs={pair: inputs for pair, inputs in of.items() if all(pair)},
    )


def bills() -> Bills:
    """Two vehicles of one currency; the connector of the first is marked."""
    lines = (
        Line("connecteur", exact(4.5), False, exact(0.0), origin="ES", hs_code="8536"),
        Line("tôlerie", exact(900.0), True, Range(0.3, 0.5), origin="MA", hs_code="8708"),
        Line("moteur", exact(2000.0), False, exact(0.0), group="powertrain", origin="FR", hs_code="8407", proof=True),
    )
    first = Vehicle("Démo A", lines, exact(800.0), exact(300.0), exact(50_000.0), "EUR", "2026")
    second = Vehicle("Démo B", lines[1:], exact(700.0), exact(200.0), exact(20_000.0), "EUR", "2026")
    marked = {"Démo A": {"connecteur": Local(exact(4.6), exact(0.4))}}
    cells = {(one.name, line.name): f"boms.csv E{place}" for one in (first, second) for place, line in enumerate(lines)}
    codes = {"Démo A": "8703", "Démo B": "8703"}
    return Bills((first, second), marked, {"N1": (("Démo A", "connecteur"),)}, cells, codes)


def context_of(run: pipeline.Run, options: Options, **given: object) -> valuation.Context:
    """The valuation of a run that was matched, with what is given beside its tables."""
    names = "needs suppliers requirements capabilities facts matches reasons opportunities".split()
    made = {name: run.tables[name] for name in names}
    language = run.config.output.lang
    return valuation.Context(**made, lexicon=load(None), options=options, language=language, **given)  # type: ignore[arg-type]


def valued_run(lang: str = "fr", **options: object) -> pipeline.Run:
    """The made-up job, matched and valued with all of it."""
    records_ = {"supplier": records("supplier", SUPPLIERS), "need": records("need", NEEDS), "judgement": ()}
    job = config.Config().with_changes({"output": {"lang": lang}, "valuation": options})
    run = pipeline.match(job, intake.Inputs(records_, (), (), {}), scorer=Scorecard())  # type: ignore[arg-type]
    context = context_of(
        run, Options(**options), day="2026-06-30", stated=stated(), bills=bills(),
        trade=trade_of(read_trade(HERE.parent.parent / "examples/value/trade/comtrade.csv", "made up").frame),
        economy=Economy(("parts", "services"), [[0.0, 0.0], [0.1, 0.05]], [0.5, 0.1]),
    )  # fmt: skip
    return dataclasses.replace(run, tables={**run.tables, **valuation.valued(context)})
