"""How rows of concepts are made, one record, line and link at a time: the slow obvious twin of the linker."""

from __future__ import annotations

from integrator import data, tables
from integrator.normalization.proposals import proposals
from integrator.normalization.wordings import meaning_fields
from integrator.taxonomy.steps import step

PROPOSED = "similar"


def requirements_table(records, taxonomy):
    rows = [row for record in records for row in with_implied(links([record], "need", taxonomy), "need", taxonomy)]
    return table(tables.REQUIREMENTS, rows, taxonomy)


def capabilities_table(records, taxonomy):
    by_supplier = {}
    for record in records:
        by_supplier.setdefault(record.get("supplier_id"), []).append(record)
    rows = [
        row
        for own in by_supplier.values()
        for row in with_implied(links(own, "supplier", taxonomy), "supplier", taxonomy)
    ]
    return table(tables.CAPABILITIES, rows, taxonomy)


def lines(records, side):
    for record in records:
        for field in meaning_fields(side):
            for line in record.get(field.name).replace("\n", ";").split(";"):
                if line.strip():
                    yield record, field, line.strip()


def links(records, side, taxonomy):
    rows = []
    for number, (record, field, text) in enumerate(lines(records, side), start=1):
        found = [link for link in taxonomy.find(text, field.roles) if step(link.step).counts(link.score)]
        wider = {family for link in found for family in taxonomy.ancestors(link.concept)}
        kept = [link for link in found if link.concept not in wider]
        cell = record.cells[field.name]
        for link in [*kept, *proposals(text, side, field.roles[0], kept, taxonomy)]:
            rows.append(
                {
                    f"{side}_id": record.get(f"{side}_id"),
                    "line": number,
                    "role": taxonomy.kind(link.concept),
                    "concept": link.concept,
                    "text": link.text,
                    "step": link.step,
                    "score": field.trust * link.score,
                    "implied": "no",
                    "system": taxonomy.system(link.concept),
                    "source": "overlay" if link.own else "lexicon",
                    "field": field.name,
                    "file": cell.file,
                    "sheet": cell.sheet,
                    "cell": cell.cell,
                }
            )
    return rows


def with_implied(rows, side, taxonomy):
    said = in_context(rows, taxonomy)
    stated = {row["role"] for row in said}
    rules = [
        rule
        for rule in data.rows("linking/implications.csv")
        if rule["side"] == side and not (rule["only_blank"] == "yes" and rule["role"] in stated)
    ]
    return said + [
        row | implied(row, rule, target)
        for row in said
        for rule in rules
        if rule["from"] == row["role"]
        for target in taxonomy.linked(row["concept"], rule["relation"])
    ]


def implied(row, rule, target):
    common = {(line["side"], line["concept"]): float(line["factor"]) for line in data.rows("linking/commonplace.csv")}
    return {
        "role": rule["role"],
        "concept": target,
        "step": PROPOSED if row["step"] == PROPOSED else "implied",
        "score": row["score"] * float(rule["factor"]) * common.get((rule["side"], target), 1.0),
        "implied": "yes",
        "system": "",
    }


def in_context(rows, taxonomy):
    materials = [row["concept"] for row in rows if row["role"] == "material"]
    if not materials:
        parts = [row["concept"] for row in rows if row["role"] == "component"]
        materials = [material for part in parts for material in taxonomy.linked(part, "made_of")]
    named = {family for material in materials for family in (material, *taxonomy.ancestors(material))}
    return [row | meant(row["concept"], named) for row in rows]


def meant(concept, named):
    for rule in data.rows("linking/contexts.csv"):
        unless = named & set(rule["unless"].split())
        if rule["found"] == concept and named & set(rule["materials"].split()) and not unless:
            return {"concept": rule["read_as"]}
    return {}


def table(contract, rows, taxonomy):
    best = {}
    for row in rows:  # of equal ones the first said
        key = tuple(row[name] for name in contract.key)
        known = best.get(key)
        if known is None or (-row["score"], row["text"]) < (-known["score"], known["text"]):
            best[key] = row
    return tables.frame(contract, [row | {"label": taxonomy.label(row["concept"], "fr")} for row in best.values()])
