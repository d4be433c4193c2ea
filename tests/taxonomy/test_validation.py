"""The shipped lexicon is sound; each kind of fault is found."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from typer.testing import CliRunner

from integrator import data
from integrator.cli import app
from integrator.errors import InputRefused, Problem
from integrator.taxonomy import Concept, Label, Taxonomy, load
from integrator.taxonomy.validation import read_nomenclature, unknown_codes, validate
from integrator.taxonomy.validation.files import text_faults

SHIPPED = load()
SMALL = dataclasses.replace(SHIPPED, labels=tuple(one for one in SHIPPED.labels if one.type == "pref"))
"""The shipped concepts and links with the preferred labels alone: a made fault is looked for among fewer labels."""
CODES = [dict(row) for row in data.rows("taxonomy/hs.csv")]
DECISIONS = [dict(row) for row in data.rows("taxonomy/ambiguous.csv")]


@pytest.fixture(scope="module")
def of_small() -> set[Problem]:
    """What the labels left out leave behind: lines about forms that they shared."""
    found = set(validate(SMALL))
    assert {problem.code for problem in found} <= {"unambiguous"}
    return found


def test_the_shipped_lexicon_is_sound():
    assert validate(SHIPPED) == []


def broken(**changes: object) -> Taxonomy:
    return dataclasses.replace(SMALL, **changes)


def concept(identifier: str, **changes: object) -> dict[str, Concept]:
    return {**SMALL.concepts, identifier: dataclasses.replace(SMALL.concepts[identifier], **changes)}


def labelled(concept: str, lang: str, type_: str, text: str) -> Taxonomy:
    return broken(labels=(*SMALL.labels, Label(concept, lang, type_, text, "trade")))


def linked(*links: tuple[str, str, str]) -> Taxonomy:
    """The small lexicon with further links."""
    changed = dict(SMALL.links)
    for source, relation, target in links:
        changed[source, relation] = (*changed.get((source, relation), ()), target)
    return broken(links=changed)


def chain(length: int) -> dict[str, Concept]:
    """The shipped concepts and a made-up line of families below stamping."""
    names = ["P-STAMP", *(f"P-ZZ{i}" for i in range(length))]
    made = {name: Concept(name, "process", wider, "draft") for wider, name in itertools.pairwise(names)}
    return {**SMALL.concepts, **made}


@pytest.mark.parametrize(
    ("taxonomy", "code"),
    [
        (broken(concepts=concept("P-STAMP", broader="P-NONE")), "broader"),
        (broken(concepts=concept("P-STAMP", broader="M-AL")), "broader"),
        (broken(concepts=concept("P-FORMING", broader="P-STAMP")), "cycle"),
        (broken(concepts=concept("P-STAMP", broader="P-STAMP")), "cycle"),
        (broken(concepts=chain(8)), "depth"),
        (broken(concepts=concept("P-STAMP", kind="gadget")), "kind"),
        (broken(concepts=concept("P-STAMP", status="perhaps")), "status_word"),
        (broken(concepts={**SMALL.concepts, "P-new": Concept("P-new", "process", "", "draft")}), "id_form"),
        (broken(concepts={**SMALL.concepts, "C-NEW": Concept("C-NEW", "process", "", "draft")}), "id_form"),
        (labelled("X", "fr", "alt", "rien"), "concept"),
        (labelled("P-STAMP", "fr", "pref", "presse nouvelle"), "pref"),
        (labelled("P-STAMP", "fr", "alt", "Usinage"), "label_twice"),
        (labelled("P-STAMP", "fr", "other", "presse neuve"), "type"),
        (broken(labels=tuple(x for x in SMALL.labels if (x.concept, x.lang) != ("P-STAMP", "ar"))), "pref"),
        (labelled("P-STAMP", "it", "alt", "stampaggio"), "lang"),
        (labelled("P-STAMP", "fr", "alt", "..."), "text"),
        (labelled("P-STAMP", "fr", "alt", "كبس جديد"), "letters"),
        (labelled("P-STAMP", "ar", "alt", "nouvelle presse"), "letters"),
        (labelled("P-STAMP", "fr", "alt", "usinages"), "ambiguous"),
        (labelled("C-DOOR", "fr", "alt", "usinages"), "ambiguous"),
        (linked(("C-NONE", "hs", "8708")), "concept"),
        (linked(("C-DOOR", "hs", "87")), "hs"),
        (linked(("C-DOOR", "hs", "8708.295")), "hs"),
        (linked(("C-DOOR", "hs", "8708.27")), "hs_unknown"),
        (linked(("C-DOOR", "made_by", "M-AL")), "kinds"),
        (linked(("C-DOOR", "unlike", "P-STAMP")), "kinds"),
        (linked(("C-DOOR", "input_of", "C-DOOR")), "kinds"),
        (linked(("C-DOOR", "made_by", "P-NONE")), "target"),
        (linked(("C-DOOR", "eats", "P-STAMP")), "relation"),
        (linked(("C-DOOR", "unlike", "C-BATT")), "one_sided"),
        (linked(("C-DOOR", "sibling", "C-BATT")), "one_sided"),
        (linked(("C-WIRE", "input_of", "C-DOOR"), ("C-DOOR", "input_of", "C-WIRE")), "both_ways"),
        (linked(("C-SDOOR", "unlike", "C-DOOR"), ("C-DOOR", "unlike", "C-SDOOR")), "contradiction"),
        (linked(("C-CONN", "sibling", "C-HARN"), ("C-HARN", "sibling", "C-CONN")), "contradiction"),
        (linked(("C-CPA", "sibling", "C-CONN"), ("C-CONN", "sibling", "C-CPA")), "contradiction"),
        (linked(("C-TERM", "part_of", "C-HARN")), "contradiction"),
        (linked(("C-CRANK", "part_of", "C-PISTPIN"), ("C-ENGINE", "part_of", "C-CRANK")), "part_cycle"),
    ],
)  # fmt: skip
def test_each_fault_is_found(of_small, taxonomy, code):
    faults = [problem for problem in validate(taxonomy) if problem.code == code and problem not in of_small]
    assert faults
    for fault in faults:
        assert "\n" not in str(fault)
        assert str(fault).startswith("taxonomy/")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "8708.29", "fr": ""}, "hs_line"),
        ({"code": "8708.29", "edition": "HS2017"}, "hs_line"),
        ({"code": "8708.29", "code_": "87082"}, "hs_line"),
        ({"code": "8708", "code_": "0101"}, "hs_line"),
        ({"code": "8708.29", "code_": "0101"}, "hs_unused"),
    ],
)
def test_faults_of_the_tariff_are_found(change, code):
    new = change.pop("code_", change["code"])
    rows = [row | change | {"code": new} if row["code"] == change["code"] else row for row in CODES]
    assert code in {problem.code for problem in validate(SMALL, tariff=rows)}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"form": "emboutissag", "concepts": "C-BIW P-STAMP", "decision": "by_role"}, "unambiguous"),
        ({"form": "wxyz", "concepts": "P-STAMP", "decision": "never"}, "unambiguous"),
        ({"form": "cablag", "concepts": "C-HARN P-HARN", "decision": "by_role"}, "form_twice"),
        ({"form": "pur", "concepts": "M-PU", "decision": "guess"}, "decision"),
        ({"form": "pur", "concepts": "M-PU", "decision": "kept", "reason": ""}, "decision"),
    ],
)
def test_lines_about_forms_that_are_not_so_are_found(line, code):
    row = {"reason": "r", "status": "draft", "reviewed": "", **line}
    assert code in {problem.code for problem in validate(SHIPPED, decisions=[*DECISIONS, row])}


def test_a_form_of_one_kind_is_not_left_to_the_column():
    rows = [row | {"decision": "by_role"} if row["decision"] == "all" else row for row in DECISIONS]
    assert {problem.code for problem in validate(SHIPPED, decisions=rows)} == {"decision"}


@pytest.mark.parametrize("row", DECISIONS, ids=[row["form"] for row in DECISIONS])
def test_the_finder_does_what_was_decided(row):
    found = SHIPPED.find(row["form"])
    concepts = {link.concept for link in found if link.step == "exact"}
    wanted = set() if row["decision"] == "never" else set(row["concepts"].split())
    assert concepts == wanted or (row["decision"] != "never" and wanted >= concepts)


def test_a_form_that_is_withheld_is_found_in_longer_labels():
    assert not SHIPPED.find("laser", ("process",))
    assert [link.concept for link in SHIPPED.find("soudage laser", ("process",))] == ["P-LASERW"]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("concepts.csv", "id,kind,broader,status\nC-B,component,,draft\nC-A,component,,draft\n", "order"),
        ("concepts.csv", "id,kind,broader,status\nC-A,component,,draft\nC-A,component,,draft\n", "id_twice"),
        ("links.csv", "concept,relation,target,certainty\nC-A,hs,8708,maybe\n", "certainty"),
        ("links.csv", "concept,relation,target,certainty\nC-A,made_by,P-A,sure\n", "certainty"),
        ("links.csv", "concept,relation,target,certainty\nC-A,made_by,P-A,\nC-A,made_by,P-A,\n", "line_twice"),
        ("labels.csv", "concept,lang,type,text,source\nC-A,fr,pref,porte ,trade\n", "cell_blank"),
        ("labels.csv", "concept,lang,type,text,source\nC-A,en,pref,door,t\nC-A,fr,pref,porte,t\n", "order"),
    ],
)
def test_faults_of_a_file_are_found(name, text, code):
    assert [problem.code for problem in text_faults(name, "# head\n" + text)] == [code]


def test_faults_come_in_one_order():
    made = concept("P-STAMP", broader="P-NONE") | {"M-X": Concept("M-X", "material", "", "draft")}
    wrong = dataclasses.replace(SHIPPED, concepts=made)
    faults = validate(wrong)
    assert len(faults) == 4
    assert faults == sorted(faults)


def test_look_alikes_are_unlike_both_ways():
    for source, target in [("C-CONN", "C-HARN"), ("C-CTRLCAB", "C-WIRE"), ("C-BATT", "C-LIBAT"), ("P-GALV", "P-ZINC")]:
        assert target in SHIPPED.linked(source, "unlike")
        assert source in SHIPPED.linked(target, "unlike")


def test_codes_are_compared_with_a_full_list(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("# made up\nhs6,label\n" + "".join(f"{row['code'].replace('.', '')},x\n" for row in CODES))
    assert unknown_codes(SHIPPED, read_nomenclature(path), path.name) == []
    missing = unknown_codes(SHIPPED, read_nomenclature(path) - {"870829"}, path.name)
    assert {problem.code for problem in missing} == {"hs_unknown"}
    assert "8708.29 does not stand in list.csv" in str(missing[0])


@pytest.mark.parametrize(("text", "code"), [("a,b\n1,2\n", "no_code_column"), ("code,b\nx,2\n", "no_code")])
def test_a_list_without_codes_is_refused(tmp_path, text, code):
    path = tmp_path / "list.csv"
    path.write_text(text)
    with pytest.raises(InputRefused) as refused:
        read_nomenclature(path)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_the_command_says_how_much_was_checked():
    result = CliRunner().invoke(app, ["terms", "check"])
    assert result.exit_code == 0
    assert f"{len(SHIPPED.concepts)} concepts" in result.output
