"""Links and proposals that are remembered are those that would be made again. All content is made up."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrator.cache import Answers, Cache, Kind, answers, mark
from integrator.normalization import KeptLinks, KeptProposals, kept_links, link_lines
from integrator.normalization.wordings import Line
from integrator.taxonomy import load
from integrator.taxonomy.loading import extended
from integrator.taxonomy.overlay import OverlayRow

SHIPPED = load()
TEXTS = [
    "étrier de frein", "disques de frein", "emboutissage", "fonte GS", "brake caliper", "tube pour amortisseur",
    "zorglub", "zorglub de frein", "ISO 9001", "فرامل", "emboutisage", "cuivre, laiton", "\tx\u00a0y",
]  # fmt: skip
FIELDS = [("need", "component"), ("need", "materials"), ("supplier", "products"), ("supplier", "processes")]
LINES = st.lists(
    st.builds(lambda at, text: Line(*at, text), st.sampled_from(FIELDS), st.sampled_from(TEXTS)), max_size=9
)
KIND = Kind("thing", 2)


@pytest.fixture(autouse=True)
def everything_is_kept(monkeypatch):
    monkeypatch.setattr(kept_links, "WORTH_KEEPING", 0)
    monkeypatch.setattr(kept_links, "WORTH_ASKING", 0)


@pytest.fixture
def asked(monkeypatch):
    """The lines that the lexicon was really asked of."""
    lines = []

    def spy(some, taxonomy):
        lines.extend(some)
        return link_lines(some, taxonomy)

    monkeypatch.setattr(kept_links, "link_lines", spy)
    return lines


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINES, min_size=1, max_size=4))
def test_links_do_not_depend_on_what_was_kept_before(tmp_path_factory, runs):
    folder = tmp_path_factory.mktemp("links")
    for lines in runs:
        assert list(KeptLinks(folder)(lines, SHIPPED)) == list(link_lines(lines, SHIPPED))


def test_only_new_lines_are_linked(tmp_path, asked):
    first = [Line("supplier", "products", text) for text in TEXTS]
    KeptLinks(tmp_path)(first, SHIPPED)
    assert asked == first
    asked.clear()
    new = Line("supplier", "products", "joint torique")
    KeptLinks(tmp_path)([*first, new, new], SHIPPED)
    assert asked == [new]
    asked.clear()
    KeptLinks(tmp_path)([*first, new], SHIPPED)
    assert not asked


def test_another_lexicon_is_asked_anew(tmp_path, asked):
    lines = [Line("supplier", "products", "zorglub")]
    own = extended([OverlayRow("C-CALIP", "fr", "alt", "zorglub")])
    assert not KeptLinks(tmp_path)(lines, SHIPPED)[0].found
    assert [link.concept for link in KeptLinks(tmp_path)(lines, own)[0].found] == ["C-CALIP"]
    assert not KeptLinks(tmp_path)(lines, SHIPPED)[0].found
    assert len(asked) == 2, "both are kept"


def test_few_lines_leave_no_trace(tmp_path, monkeypatch):
    monkeypatch.setattr(kept_links, "WORTH_KEEPING", 250)
    KeptLinks(tmp_path)([Line("supplier", "products", "zorglub")], SHIPPED)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "told",
    [
        None, 3, [], [[["C-CALIP"]], []], [[["no such concept", "component", "exact", 1.0, "x", False, [], False]], []],
        [[["C-CALIP", "component", "exact", "much", "x", False, [], False]], []], {"found": []},
    ],
    ids=str,
)  # fmt: skip
def test_an_answer_that_is_none_is_asked_again(tmp_path, told):
    line = Line("supplier", "products", "étrier de frein")
    stored = Answers(Cache(tmp_path), kept_links.KIND, mark(SHIPPED.mark, ["supplier"]))
    stored.add("\n".join(line), told)
    stored.save()
    assert list(KeptLinks(tmp_path)([line], SHIPPED)) == list(link_lines([line], SHIPPED))


def test_proposals_are_those_of_the_lexicon(tmp_path):
    roles = ("component",)
    fresh = [SHIPPED.propose(text, 3, roles) for text in TEXTS]
    for _ in range(2):
        proposer = KeptProposals(tmp_path, SHIPPED)
        assert [proposer(text, 3, roles) for text in TEXTS] == fresh
        assert proposer(TEXTS[0], 1, ()) == SHIPPED.propose(TEXTS[0], 1, ())
        proposer.save()
    assert KeptProposals(None, SHIPPED)(TEXTS[0], 3, roles) == fresh[0]


def test_answers_are_bounded_and_those_used_longest_ago_go(tmp_path, monkeypatch):
    monkeypatch.setattr(answers, "MOST", 3)
    for keys in ("ab", "ca", "d"):
        told = Answers(Cache(tmp_path), KIND, "x")
        for key in keys:
            if told.get(key, str) is None:
                told.add(key, key)
        told.save()
    left = Answers(Cache(tmp_path), KIND, "x")
    assert [key for key in "abcd" if left.get(key, str)] == ["a", "c", "d"]
    assert len(left) == 3


@given(
    st.dictionaries(
        st.text(max_size=5),
        st.recursive(st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(), st.lists, max_leaves=4),
    )
)
def test_answers_come_back_as_json_holds_them(tmp_path_factory, given_answers):
    folder = tmp_path_factory.mktemp("answers")
    told = Answers(Cache(folder), KIND, "x")
    for key, answer in given_answers.items():
        told.add(key, answer)
    told.save()
    back = Answers(Cache(folder), KIND, "x")
    assert len(back) == len(given_answers)
    for key, answer in given_answers.items():
        assert back.get(key, lambda found: [found]) == [json.loads(json.dumps(answer))]
