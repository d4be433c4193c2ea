"""Lines of wrapped text are counted so that nothing is clipped and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator.workbooks.wrapping import height, lines_of, pixels

TEXT = st.text(alphabet=st.sampled_from("abcdé MW .-\n 0123ش汉"), max_size=200)


@given(TEXT, st.integers(30, 600))
def test_no_letter_is_lost(text, room):
    assert "".join("".join(lines_of(part, room)) for part in text.split("\n")) == text.replace("\n", "")


@given(TEXT, st.integers(60, 300))
def test_a_narrower_cell_never_needs_fewer_lines(text, room):
    assert len(lines_of(text, room)) >= len(lines_of(text, 2 * room))


@pytest.mark.parametrize(
    ("text", "columns", "least", "most"),
    [
        ("", 1, 1, 1),
        ("Renault", 2, 1, 1),
        ("un\ndeux\ntrois", 9, 3, 3),
        ("Étudier la conversion des acteurs de niveau 2 : moyens et investissement manquants", 9, 1, 1),
        ("Étudier la conversion des acteurs de niveau 2 : moyens et investissement manquants", 3, 3, 4),
        ("x" * 300, 3, 8, 14),
    ],
)
def test_lines_as_a_spreadsheet_shows_them(text, columns, least, most):
    """Counted on a rendered page with nine points and columns 7.6 wide."""
    assert least <= len(lines_of(text, pixels(7.6, columns))) <= most


def test_height_grows_with_lines():
    assert height(1) < height(2) < height(3)
    assert height(1) >= 12
