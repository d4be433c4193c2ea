"""The next upstream step, on made-up bills of materials and on the lexicon."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator import taxonomy
from integrator.valuation.figures import Range, exact
from integrator.valuation.upstream import PartInput, bom_inputs, lexicon_inputs, next_steps

LEXICON = taxonomy.load()


def line(name: str, value: float | Range | None, imported: bool | None = True, unit: str = "MAD/year") -> PartInput:
    given = exact(value) if isinstance(value, int | float) else value
    return PartInput(name, imported, given, unit, "bom", f"bom.csv {name}")


HARNESS = [
    ("harness", line("cable", 500)),
    ("harness", line("connector", 300)),
    ("harness", line("tape", 900, imported=False)),
    ("cable", line("copper", 200)),
    ("cable", line("pvc", 50)),
    ("copper", line("cathode", 120)),
]


def test_the_largest_imported_input_is_next() -> None:
    found = next_steps("harness", bom_inputs(HARNESS), 3)
    assert [one.path for one in found] == [
        ("harness", "cable"), ("harness", "cable", "copper"), ("harness", "cable", "copper", "cathode"),
    ]  # fmt: skip
    assert [one.depth for one in found] == [1, 2, 3]
    assert found[0].value == exact(500)
    assert (found[0].basis, found[0].source, found[0].rivals) == ("bom", "bom.csv cable", ())
    assert next_steps("harness", bom_inputs(HARNESS), 1) == found[:1]
    assert next_steps("harness", bom_inputs(HARNESS), 0) == ()


def test_what_is_made_locally_is_no_need() -> None:
    assert [one.name for one in next_steps("harness", bom_inputs(HARNESS), 1, {"cable"})] == ["connector"]


def test_lines_of_one_input_are_added_up() -> None:
    more = [*HARNESS, ("harness", line("connector", 250))]
    found = next_steps("harness", bom_inputs(more), 1)
    assert (found[0].name, found[0].value) == ("connector", exact(550))
    both = [("p", line("a", 5)), ("p", line("a", 90, imported=False))]
    assert next_steps("p", bom_inputs(both), 1)[0].value == exact(5)
    with pytest.raises(ValueError, match="several units"):
        bom_inputs([("p", line("a", 1)), ("p", line("a", 1, unit="EUR"))])


def test_what_may_be_larger_is_named() -> None:
    lines = [("p", line("a", Range(10, 90))), ("p", line("b", Range(40, 50, 45))), ("p", line("c", None))]
    found = next_steps("p", bom_inputs(lines), 1)
    assert found[0].name == "a"
    assert found[0].rivals == ("b", "c")
    with pytest.raises(ValueError, match="several units"):
        next_steps("p", bom_inputs([*lines, ("p", line("d", 1, unit="EUR"))]), 1)


def test_without_values_all_are_proposed() -> None:
    lines = [("p", line("b", None)), ("p", line("a", None, None)), ("p", line("c", None, False)), ("p", line("d", 0))]
    found = next_steps("p", bom_inputs(lines), 1)
    assert [(one.name, one.value) for one in found] == [("a", None), ("b", None)]


def test_a_part_reached_twice_is_listed_once() -> None:
    lines = [(part, line(one, None)) for part, one in (("p", "a"), ("p", "b"), ("a", "c"), ("b", "c"), ("c", "p"))]
    assert [one.path for one in next_steps("p", bom_inputs(lines), 9)] == [
        ("p", "a"), ("p", "b"), ("p", "a", "c"),
    ]  # fmt: skip


def test_the_lexicon_knows_inputs_without_values() -> None:
    inputs = lexicon_inputs(LEXICON)
    found = next_steps("C-HARN", inputs, 2)
    names = {one.name for one in found if one.depth == 1}
    assert {"C-CONN", "C-CABLE"} <= names
    assert all(one.value is None and one.basis == "lexicon" for one in found)
    assert any(one.path == ("C-HARN", "C-CONN", "C-CONNHOUS") for one in found)
    assert next(one for one in found if one.name == "C-CONN").source in ("input_of C-HARN", "part_of C-HARN")
    door = next_steps("C-HARNDOOR", inputs, 1)  # has none of its own: those of its family
    assert {one.name for one in door} == names
    assert "C-BACKSH" not in {one.name for one in next_steps("C-CAVPLUG", inputs, 1)}  # an input of connectors itself
    assert next_steps("nothing", inputs, 3) == ()


NAMES = "abcdef"


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.none() | st.integers(0, 9)), max_size=20),
    st.integers(0, 8),
    st.randoms(use_true_random=False),
)
def test_it_ends_and_does_not_depend_on_the_order(
    edges: list[tuple[str, str, int | None]], depth: int, chance: object
) -> None:
    lines = [(part, line(one, value)) for part, one, value in edges]
    found = next_steps("a", bom_inputs(lines), depth)
    names = [one.name for one in found]
    assert len(set(names)) == len(names)
    assert "a" not in names
    for one in found:
        assert len(set(one.path)) == len(one.path) == one.depth + 1 <= depth + 1
    chance.shuffle(lines)  # type: ignore[attr-defined]
    assert next_steps("a", bom_inputs(lines), depth) == found
    assert next_steps("a", bom_inputs(lines), depth + 1)[: len(found)] == found
