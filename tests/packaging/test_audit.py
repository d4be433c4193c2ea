"""The audit of dependencies: a licence that changes and a known vulnerability are findings, silence is no pass."""

from email.message import Message
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
KNOWN = {"name": "made-up", "version": "1.0", "vulns": [{"id": "MADE-UP-1", "fix_versions": ["1.1"]}]}
SKIPPED = {"name": "other", "skip_reason": "not found"}


@pytest.fixture
def audit(monkeypatch):
    monkeypatch.syspath_prepend(TOP / ".ci")
    import audit

    return audit


def test_licences_are_those_listed(audit):
    faults, _ = audit.licence_faults(audit.brought(), audit.listed())
    assert not faults


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({"made-up": "GPL-3.0"}, "says 'GPL-3.0'"),
        ({"made-up": "MIT", "other": "MIT"}, "does not name it"),
        ({}, "nothing needs it"),
    ],
)
def test_what_is_not_as_listed_is_a_fault(audit, found, words):
    ((fault,), absent) = audit.licence_faults(found, {"made-up": "MIT"})
    assert words in fault
    assert not absent


def test_what_is_not_installed_is_said_and_is_no_fault(audit):
    assert audit.licence_faults({"made-up": None}, {"other": "MIT"}) == ([], ["made-up"])


def test_a_licence_is_read_from_the_expression_first(audit):
    metadata = Message()
    metadata["License"] = "Copyright (c) made up\nwhole text"
    assert audit.licence_of(metadata) == "Copyright (c) made up"
    metadata["Classifier"] = "License :: OSI Approved :: MIT License"
    assert audit.licence_of(metadata) == "MIT License"
    metadata["License-Expression"] = "MIT"
    assert audit.licence_of(metadata) == "MIT"


def test_a_known_vulnerability_is_a_finding(audit):
    assert audit.findings([KNOWN, SKIPPED]) == ["made-up 1.0: MADE-UP-1, mended in 1.1"]
    assert audit.looked_at([KNOWN, SKIPPED]) == 1
    assert audit.looked_at([SKIPPED]) == 0


def test_no_answer_is_said_to_be_no_check(audit, monkeypatch):
    monkeypatch.setattr(audit, "_made", lambda _: None)
    assert audit.vulnerabilities() == ([], audit.NOT_CHECKED)
    monkeypatch.setattr(audit, "_made", lambda _: Path("pip-audit"))
    monkeypatch.setattr(audit, "_asked", lambda *_: [SKIPPED])
    assert audit.vulnerabilities() == ([], audit.NOT_CHECKED)
    monkeypatch.setattr(audit, "_asked", lambda *_: [KNOWN])
    findings, said = audit.vulnerabilities()
    assert findings
    assert said == "vulnerabilities: 1 packages of the lock looked at"
