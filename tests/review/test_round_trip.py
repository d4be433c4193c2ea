"""Pairs go out, decisions come back: by id, whatever the reviewer did to the sheet."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from integrator import tables
from integrator.errors import InputRefused
from integrator.records import CellRef
from integrator.review import questions
from integrator.review.choosing import pairs_to_judge
from review_world import HEADER, columns, frame, send, take, world

DECISIONS = {
    "oui": "yes", "OUI ": "yes", "Yes": "yes", "نعم": "yes", "non": "no", " No": "no", "لا": "no",
    "incertain": "unsure", "unsure": "unsure", "غير متأكد": "unsure", "OK": None, "?": None, "": "",
}  # fmt: skip
GRADES = {0: 0, 1: 1, 4: 4, "3": 3, " 2 ": 2, "3,0": 3, "1.0": 1, "٤": 4, 7: None, "bon": None, -1: None, "": ""}

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""A case is six lines at most: looking for a smaller one takes minutes of writing workbooks."""


@pytest.fixture(params=["fr", "en"])
def sent(request, tmp_path: Path) -> Path:
    return send(tmp_path / f"review_{request.param}.xlsx", language=request.param)


def test_what_is_sent(sent):
    sheet = openpyxl.load_workbook(sent).worksheets[0]
    places = columns(sheet)
    assert [sheet.cell(row, places["supplier_id"]).value for row in range(4, sheet.max_row + 1)] == [
        "S1", "S2", "S3", "S4", "S5",
    ]  # fmt: skip
    mark = questions(world()).batch
    assert sheet["A1"].value.endswith(mark)
    assert {sheet.cell(row, places["run"]).value for row in range(4, sheet.max_row + 1)} == {mark}
    assert sheet.cell(4, places["products"]).data_type == "s"


def test_d10_nothing_filled_is_nothing_decided(sent):
    assert take(sent) == ((), ())


def test_d10_a_workbook_without_a_batch_is_refused(sent):
    book = openpyxl.load_workbook(sent)
    sheet = book.worksheets[0]
    sheet.delete_cols(columns(sheet)["run"])
    sheet.delete_rows(1, 2)
    book.save(sent)
    _, (problem,) = take(sent)
    assert problem.code == "stale_review"
    assert "carries no batch" in problem.message


def test_another_file_is_no_review(tmp_path):
    (tmp_path / "other.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    _, problems = take(tmp_path / "other.csv")
    assert [(problem.code, problem.severity) for problem in problems] == [("no_review", "refused")]
    (tmp_path / "empty.xlsx").write_bytes(b"")
    with pytest.raises(InputRefused):
        take(tmp_path / "empty.xlsx")


def test_the_head_is_always_asked_and_the_border_next():
    rows = [
        {"need_id": "X1", "supplier_id": f"S{i:02}", "rank": i, "score": 90 - i, "grade": 2 if i > 6 else 1}
        for i in range(1, 13)
    ]
    chosen = pairs_to_judge(frame(tables.MATCHES, rows), limit=5)
    assert list(chosen["supplier_id"]) == ["S01", "S02", "S03", "S07", "S08"]


typed_rows = st.lists(
    st.tuples(
        st.sampled_from(list(DECISIONS)),
        st.sampled_from(list(GRADES)),
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf"]), max_size=12),
    ),
    min_size=6, max_size=6,
)  # fmt: skip


def expected(decision: str, grade: object) -> tuple[str, int | None] | None:
    """What a careful clerk would write down, None when he would ask back."""
    answer, number = DECISIONS[decision], GRADES[grade]
    if answer is None or number is None:
        return None
    if answer == "unsure":
        return ("unsure", None) if number == "" else None
    return None if number == "" or (answer == "yes" and number == 0) else (answer, number)


@settings(max_examples=60, phases=QUICK, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed_rows, st.permutations(range(6)), st.sets(st.integers(0, 5)), st.randoms(use_true_random=False), st.data())
def test_every_typed_decision_is_stored_or_refused_with_its_cell(tmp_path, typed, order, gone, chance, data):
    """Rows in any order, some deleted, columns moved, blank lines between, answers in any language."""
    made = world(needs=2, each=3)
    path = send(tmp_path / "sent.xlsx", made, data.draw(st.sampled_from(["fr", "en"])))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    places = columns(sheet)
    table = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADER)]
    for line, (decision, grade, reason) in zip(table[1:], typed, strict=True):
        for name, value in (("decision", decision), ("grade", grade), ("reason", reason)):
            line[places[name] - 1] = value
    moved = list(range(len(table[0])))
    chance.shuffle(moved)
    heading = [table[0][place] for place in moved]
    kept = [number for number in order if number not in gone]
    sheet.delete_rows(HEADER, sheet.max_row)
    at: dict[int, int] = {}
    sheet.append(heading)
    for number in kept:
        for _ in range(chance.randrange(2)):
            sheet.append(["remarque" if place == places["component"] - 1 else None for place in moved])
        sheet.append([table[1 + number][place] for place in moved])
        at[number] = sheet._current_row
        for cell in sheet[at[number]]:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # as typed into a cell of text: no formula
    book.save(path)
    judged, problems = take(path, questions(made))
    by_row = {problem.row: problem for problem in problems}
    by_pair = {(one.need_id, one.supplier_id): one for one in judged}
    assert len(judged) + len(problems) == len(by_pair) + len(by_row)
    wanted = 0
    for number in kept:
        decision, grade, reason = typed[number]
        pair = tuple(table[1 + number][places[name] - 1] for name in ("need_id", "supplier_id"))
        if not decision and grade == "":
            assert (pair in by_pair, at[number] in by_row) == (False, False)
            continue
        wanted += 1
        said = expected(decision, grade)
        if said is None:
            problem = by_row[at[number]]
            column = heading.index(table[0][places["decision" if DECISIONS[decision] is None else "grade"] - 1])
            assert problem.message.startswith(CellRef("", "", at[number], column + 1).cell + ": ")
        else:
            assert (by_pair[pair].decision, by_pair[pair].grade, by_pair[pair].reason) == (*said, reason.strip())
    assert len(judged) + len(problems) == wanted
