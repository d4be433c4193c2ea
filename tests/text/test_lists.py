"""Cells that hold several values. All cells are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator.text.lists import items

ITEM = st.text(alphabet="abé, /()123شر", min_size=1, max_size=12).map(str.strip).filter(bool)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" ; ;\n", []),
        ("acier", ["acier"]),
        ("acier; cuivre ;laiton", ["acier", "cuivre", "laiton"]),
        ("acier\ncuivre\r\nlaiton", ["acier", "cuivre", "laiton"]),
        ("usinage, cintrage; soudage", ["usinage, cintrage", "soudage"]),
        ("fonte/acier", ["fonte/acier"]),
        (";acier;;cuivre;", ["acier", "cuivre"]),
        ("acier; acier", ["acier", "acier"]),
    ],
    ids=repr,
)
def test_items(text: str, expected: list[str]) -> None:
    assert items(text) == expected


@given(st.lists(ITEM, max_size=6), st.sampled_from([";", "; ", " ; ", "\n", "\r\n", ";\n"]))
def test_a_joined_list_is_read_back(values: list[str], separator: str) -> None:
    assert items(separator.join(values)) == values
