"""Lines counted by the step that found a concept, by field and language; made-up needs and suppliers."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator import normalization
from integrator.normalization.coverage import languages, step
from integrator.records import CellRef, Record
from integrator.taxonomy import load
from integrator.taxonomy.steps import steps
from integrator.wording import wording

TAXONOMY = load()


def record(kind, number, sheet="", **values):
    ref = CellRef("made_up.xlsx", sheet, number)
    cells = {name: CellRef("made_up.xlsx", sheet, number, i) for i, name in enumerate(values, start=1)}
    return Record(kind, ref, {f"{kind}_id": f"{kind}{number}", **values}, cells)


def said(*records):
    return [line for one in records for line in normalization.said_lines([one], one.kind, TAXONOMY)]


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("component", "حزمة أسلاك", "ar"),
        ("component_en", "zzzz", "en"),
        ("component", "faisceau électrique", "fr"),
        ("component", "wiring harness", "en"),
        ("component", "zzzz", "unknown"),  # no letters, no heading, no word, no other line
    ],
)
def test_the_language_of_a_line(field, text, expected):
    assert languages(said(record("need", 2, **{field: text}))) == [expected]


def test_a_line_that_tells_nothing_has_the_language_of_its_sheet():
    lines = said(
        record("supplier", 2, "A", products="wiring harness; zzzz"),
        record("supplier", 3, "B", products="faisceau électrique; zzzz"),
        record("supplier", 4, "C", products="faisceau électrique; wiring harness; zzzz"),
    )
    assert languages(lines) == ["en", "en", "fr", "fr", "fr", "en", "unknown"]


def test_shares_of_a_small_world():
    lines = said(record("supplier", 2, products="faisceau électrique; emboutissage; zzzz", processes="emboutissage"))
    table = normalization.coverage_table(lines).set_index(["side", "field", "language", "step"])["lines"].to_dict()
    at = lambda field, step: table.get(("supplier", field, "all", step), 0)  # noqa: E731
    assert (at("products", "exact"), at("products", "none")) == (2, 1)
    assert (at("products", "no_component"), at("products", "no_process")) == (2, 2)
    assert (at("processes", "exact"), at("processes", "no_component")) == (1, 0)
    assert (at("all", "exact"), at("all", "none"), at("all", "no_component")) == (3, 1, 0)


WORDS = st.sampled_from(
    ["faisceau", "wiring harness", "zzzz", "emboutissage", "حزمة أسلاك", "embouttissage d'ailes", "-"]
)
TEXT = st.lists(WORDS, max_size=4).map("; ".join)


@given(st.lists(st.tuples(st.sampled_from(["need", "supplier"]), TEXT, TEXT), max_size=5))
def test_steps_add_up_to_the_lines_whatever_is_summed(rows):
    records = [
        record(kind, number, **{"component" if kind == "need" else "products": text, "processes": more})
        for number, (kind, text, more) in enumerate(rows)
    ]
    lines = said(*records)
    table = normalization.coverage_table(lines)
    steps = table[~table["step"].str.startswith("no_")]
    for side in ("need", "supplier"):
        own = [line for line in lines if line.side == side]
        of_side = steps[steps["side"] == side]
        for fields, tongues in ((True, True), (True, False), (False, True), (False, False)):
            part = of_side[(of_side["field"] == "all") == fields]
            part = part[(part["language"] == "all") == tongues]
            assert part["lines"].sum() == len(own)
        assert normalization.linked(table, side) == (sum(bool(line.links) for line in own), len(own))
    shares = steps.groupby(["side", "field", "language"])["share"].sum()
    assert shares.between(1 - 1e-9, 1 + 1e-9).all()


def needs(*texts):
    return said(*(record("need", number, component=text) for number, text in enumerate(texts, start=1)))


def values(**by_need):
    rows = [{"need_id": need, "gross_value": amount, "currency": money} for need, (amount, money) in by_need.items()]
    return pd.DataFrame(rows, columns=["need_id", "gross_value", "currency"])


def test_spellings_are_one_term_and_the_value_is_that_of_the_needs_that_say_it():
    lines = needs(
        "Zorglub Blindé", "zorglub blinde", "zorglub blindé", "quxon", "faisceau électrique", "zorglub blindé"
    )
    money = values(need1=(5e6, "MAD"), need2=(3e6, "MAD"), need3=(9e6, "EUR"), need5=(7e6, "MAD"))
    terms = normalization.ranked(normalization.unknown_terms(lines, TAXONOMY, money))
    first, second = terms.to_dict("records")
    assert (first["term"], first["spellings"], first["rows"], first["needs"]) == ("zorglub blindé", 3, 4, 4)
    assert (first["value"], first["currency"], first["no_value"], first["other_currency"]) == (8e6, "MAD", 1, 1)
    assert second["term"] == "quxon"
    assert pd.isna(second["value"]), "unknown is not 0"
    assert second["no_value"] == 1


def test_what_blocks_most_comes_first_and_what_lacks_only_the_part_last():
    lines = needs("bibop", "zygox", "quxon", "quxon", "emboutissage", "emboutissage", "emboutissage")
    terms = normalization.ranked(normalization.unknown_terms(lines, TAXONOMY, values(need2=(1.0, "MAD"))))
    assert list(zip(terms["term"], terms["state"], strict=True)) == [
        ("quxon", "nothing"), ("zygox", "nothing"), ("bibop", "nothing"), ("emboutissage", "no_component"),
    ]  # fmt: skip


def test_terms_do_not_depend_on_the_order_of_lines():
    lines = needs("Quxon A", "quxon a", "bibop", "faisceau de zygox", "QUXON A")
    money = values(need1=(1e6, "MAD"))
    forward, backward = (normalization.unknown_terms(some, TAXONOMY, money) for some in (lines, list(reversed(lines))))
    pd.testing.assert_frame_equal(forward, backward)


def test_a_suppliers_term_blocks_no_known_need():
    (term,) = normalization.unknown_terms(said(record("supplier", 1, products="quxon")), TAXONOMY, values()).to_dict(
        "records"
    )
    assert (term["suppliers"], term["rows"]) == (1, 1)
    assert pd.isna(term["needs"])
    assert pd.isna(term["value"])
    assert pd.isna(term["no_value"])


def test_only_kinds_that_the_field_is_searched_for_are_proposed():
    (term,) = normalization.unknown_terms(
        said(record("supplier", 1, materials="pièces mécaniques")), TAXONOMY, values()
    ).to_dict("records")
    assert term["proposals"]
    assert {TAXONOMY.kind(pair.split(":")[0]) for pair in term["proposals"].split()} == {"material"}


def test_a_line_counts_by_the_first_step_of_the_table():
    (line,) = said(record("need", 1, component="faisceau électrique"))
    for number, name in enumerate(steps()):
        found = [dataclasses.replace(line.links[0], step=one) for one in reversed([*steps()][number:])]
        wording_ = dataclasses.replace(line.wording, links=tuple(found))
        assert step(dataclasses.replace(line, wording=wording_)) == name


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_every_step_has_a_column_of_the_page(language):
    assert all(wording(language)(f"quality.col.step_{name}") for name in (*steps(), "none"))
