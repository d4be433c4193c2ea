"""The cheap test that tells most lines from a header must never hide one."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from integrator.sources.header import Header
from integrator.sources.headings import KINDS, OPENING, headings, opening, openings
from integrator.text.fold import fold

_WRITTEN = sorted({heading for kind in KINDS for heading in headings(kind).folded if heading})
_TRAPS = "abEÉéßİıŒæ ﬁ.,-_/'’`´ʼ\u00a0\u200f\u0301\u0640ة٢Ⅷ²º(1"
_texts = st.text() | st.text(st.sampled_from(_TRAPS), max_size=8) | st.text(st.characters(max_codepoint=0x24F))


@settings(max_examples=2000)
@given(_texts)
def test_a_text_begins_as_its_opening_says(text: str) -> None:
    assert fold(text).startswith(opening(text[:OPENING]))


@given(
    st.sampled_from(_WRITTEN),
    st.sampled_from([str, str.upper, str.title, str.swapcase]),
    st.sampled_from(["NFC", "NFD", "NFKD"]),
    st.sampled_from(["", " ", "\u00a0", "(", "* ", "L'", "jusqu'", "Le. "]),
)
def test_a_heading_however_written_may_be_another_header(heading: str, case, form, before: str) -> None:  # type: ignore[no-untyped-def]
    written = before + unicodedata.normalize(form, case(heading))
    if headings("supplier").field(written) or fold(written) in _WRITTEN:
        header = Header(1, {}, {}, {}, {}, ())
        assert opening(written[:OPENING]) in openings()
        assert header.may_be_another([written, written])


@given(st.text(min_size=1), st.text(max_size=3))
def test_the_header_again_may_be_another_header(heading: str, end: str) -> None:
    header = Header(1, {1: "name"}, {1: heading, 2: heading + end}, {}, {}, ())
    assert header.may_be_another([heading, heading + end])
