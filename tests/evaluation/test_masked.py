"""Needs with fields blanked, and which judgements count; made-up needs, suppliers and grades."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator import config, evaluation, intake, tables
from integrator.errors import UsageError
from integrator.evaluation.queries import masked
from integrator.records import CellRef, Record

QUERIES = ("all", "full", "fr", "en")


def record(kind, number=2, **values):
    ref = CellRef("made_up.csv", "", number)
    return Record(kind, ref, values, {name: CellRef("made_up.csv", "", number, i) for i, name in enumerate(values, 1)})


FULL = {field: f"said of {field}" for field in tables.NEED_FIELDS}
OTHERS = {name: st.text("ab ", min_size=1) for name in FULL if name != "need_id"}
ANY = st.fixed_dictionaries({"need_id": st.just("X1")}, optional=OTHERS)


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("full", {"need_id", "component", "processes", "materials"}),
        ("fr", {"need_id", "component"}),
        ("en", {"need_id", "component"}),
        ("all", set(tables.NEED_FIELDS)),
    ],
)
def test_only_the_fields_of_the_query_are_left(query, kept):
    need = masked(record("need", **FULL), query)
    assert set(need.values) == kept
    assert set(need.cells) == kept
    assert need.get("component") == ("said of component_en" if query == "en" else "said of component")


@given(ANY, st.sampled_from(QUERIES))
def test_nothing_is_added(values, query):
    need = masked(record("need", **values), query)
    assert set(need.values.values()) <= set(values.values())
    assert need.get("need_id") == "X1"
    assert "" not in need.values.values()
    assert set(need.cells) == set(need.values)


@given(ANY, st.sampled_from(("all", "full", "fr")))
def test_masking_twice_is_masking_once(values, query):
    once = masked(record("need", **values), query)
    assert masked(once, query) == once


def test_a_need_without_an_english_name_has_no_name_left():
    assert masked(record("need", need_id="X1", component="étrier"), "en").values == {"need_id": "X1"}


def test_another_query_is_one_sentence():
    with pytest.raises(UsageError, match=r"^--query de: choose among all, full, fr, en\.$"):
        masked(record("need", need_id="X1"), "de")


SUPPLIERS = (
    record("supplier", 2, supplier_id="S1", name="S1", products="étriers de frein"),
    record("supplier", 3, supplier_id="S2", name="S2", products="disques de frein"),
    record("supplier", 4, supplier_id="S3", name="S3", products="sièges automobiles"),
)
NEEDS = (
    record("need", 2, need_id="X1", component="étrier de frein", component_en="car seats"),
    record("need", 3, need_id="X2", component="siège automobile"),
)


def judged(*rows):
    """The report of judgements given as need, supplier, grade, day and judge."""
    names = ("need_id", "supplier_id", "grade", "judged_on", "judged_by")
    judgements = tuple(
        record("judgement", number, **{name: text for name, text in zip(names, row, strict=True) if text})
        for number, row in enumerate(rows, start=2)
    )
    inputs = {"supplier": SUPPLIERS, "need": NEEDS, "judgement": judgements}

    def report(query):
        return evaluation.evaluate(config.Config(), query, intake.Inputs(inputs, (), (), {}))

    return report


DAY = "2026-01-01"


def test_measures_of_a_small_world():
    report = judged(("X1", "S1", "4", DAY, "A"), ("X1", "S3", "0", DAY, "A"), ("X2", "S3", "3", DAY, "A"))("fr")
    assert (report.ndcg, report.first_fit, report.pairs, report.left_out) == (1.0, 1.0, 3, 0)
    # the English name of X1 is that of another part
    turned = judged(("X1", "S1", "4", DAY, "A"), ("X1", "S3", "0", DAY, "A"))("en")
    assert turned.first_fit == 0.0
    assert turned.ndcg < 1.0


def test_unsure_and_strangers_are_left_out():
    report = judged(
        ("X1", "S1", "4", DAY, "A"), ("X1", "S2", "unsure", DAY, "A"), ("X1", "S9", "4", DAY, "A"),
        ("X9", "S1", "4", DAY, "A"),
    )("all")  # fmt: skip
    assert report.pairs == 1
    assert [need.need_id for need in report.needs] == ["X1"]


def test_the_latest_grade_counts_whatever_the_order_of_rows():
    old, new = ("X1", "S1", "0", "2026-01-01", "A"), ("X1", "S1", "4", "2026-02-01", "A")
    for rows in ((old, new), (new, old)):
        report = judged(*rows)("all")
        assert (report.pairs, report.left_out, report.needs[0].best_possible) == (1, 1, 4)


def test_the_report_as_data_has_no_nan():
    facts = judged(("X1", "S1", "0", DAY, "A"))("all").as_dict()
    assert facts["ndcg_at_10"] is None
    assert facts["first_fit"] is None
    assert facts["needs"][0]["ndcg"] is None
    assert (facts["needs_judged"], facts["needs_with_positive_ideal"]) == (1, 0)
