"""Remarks put into one cell come apart again, in the quotation marks of every language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator.text.remarks import apart, together

PLAIN = st.text(alphabet="abé? ,:-", min_size=1, max_size=20).map(str.strip).filter(bool)


@given(st.lists(PLAIN, max_size=5), st.sampled_from(['"{}"', "« {} »", "«{}»", "{}"]))
def test_remarks_come_apart_as_they_were(remarks, marks):
    quoted = [marks.format(f"x ; {remark}" if marks != "{}" else remark) for remark in remarks]
    assert apart(together(quoted)) == quoted


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" ; ", []),
        ('tuyau 5" ; « acier ; tôle » demandé', ['tuyau 5"', "« acier ; tôle » demandé"]),
        ("What volume?\nWhat price?", ["What volume?", "What price?"]),
        ("a; b ; c", ["a; b", "c"]),
    ],
)
def test_what_is_a_remark(text, found):
    assert apart(text) == found
