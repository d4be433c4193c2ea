"""The organizer's list of participants: kept, warned about or refused, each row with its address."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrator.data import read
from integrator.errors import InputRefused
from integrator.meetings import Rules, attending, plan, read_participants, unavailable

BUYERS, SUPPLIERS = ["Constructeur démo"], ["S1"]
with Path(__file__).with_name("participants_cases.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(read(stream, "participants_cases.csv"))


def written(folder: Path, *lines: str) -> Path:
    path = folder / "participants.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_rows_of_the_list(tmp_path, case):
    path = written(tmp_path, case["header"], case["row"])
    if case["severity"] == "refused":
        with pytest.raises(InputRefused, match=case["words"]):
            read_participants(path, 8, BUYERS, SUPPLIERS)
        return
    frame, problems = read_participants(path, 8, BUYERS, SUPPLIERS)
    assert list(frame["participant_id"]) == ([case["kept"]] if case["kept"] else [])
    assert unavailable(frame) == {(case["kept"], int(slot)) for slot in case["busy"].split()}
    warnings = [problem for problem in problems if problem.severity == "warning"]
    assert [problem.row for problem in warnings] == ([2] if case["severity"] else [])
    assert all(case["words"] in str(problem) for problem in warnings)


def test_every_refused_row_is_named_at_once(tmp_path):
    lines = ("participant_id;side;unavailable_slots", "S1;supplier;1", "S1;supplier;2", "S1;visiteur;", "S1;supplier;9")
    with pytest.raises(InputRefused) as caught:
        read_participants(written(tmp_path, *lines), 8, BUYERS, SUPPLIERS)
    assert [(problem.row, problem.code) for problem in caught.value.problems] == [
        (3, "participant_twice"), (4, "unknown_side"), (5, "wrong_slot"),
    ]  # fmt: skip


def test_only_those_who_come_meet_and_only_when_they_are_there(tmp_path):
    lines = ("participant_id;side;unavailable_slots", "Constructeur démo;buyer;1", "S1;supplier;3")
    frame, problems = read_participants(written(tmp_path, *lines), 3, BUYERS, [*SUPPLIERS, "S2"])
    weights = {("Constructeur démo", "S1"): 10.0, ("Constructeur démo", "S2"): 99.0, ("Autre", "S1"): 99.0}
    pairs = attending(weights, frame)
    assert not problems
    assert pairs == {("Constructeur démo", "S1"): 10.0}
    assert [meeting.slot for meeting in plan(pairs, Rules(3, unavailable=unavailable(frame)))] == [1]
