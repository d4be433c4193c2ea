"""The pages of docs/: generated ones are as the program is, links lead somewhere, examples give what they show."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

from integrator.tables import ALL, FIELDS

TOP = Path(__file__).parents[2]
DOCS = TOP / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)
READ = [*PAGES, *(TOP / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")), *TOP.glob("*/README.md")]
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`]*`", re.S)


def names(paths):
    return [str(path.relative_to(TOP)) for path in paths]


def test_the_generated_pages_are_as_the_program_is():
    command = [sys.executable, str(DOCS / "_pages"), "--check"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_line_of_the_meanings_is_of_a_column(monkeypatch):
    monkeypatch.syspath_prepend(str(DOCS / "_pages"))
    import meanings

    columns = {(name, column) for name, table in ALL.items() for column in table.names}
    columns |= {(f"input:{kind}", field) for kind, fields in FIELDS.items() for field in fields}
    anywhere = {column for _, column in columns}
    strange = [pair for pair in meanings.meanings() if pair not in columns and (pair[0] or pair[1] not in anywhere)]
    assert strange == []


@pytest.mark.parametrize("page", READ, ids=names(READ))
def test_links_lead_to_files(page):
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    targets = [target.partition("#")[0] for target in LINK.findall(text) if "://" not in target]
    assert [target for target in targets if target and not (page.parent / target).exists()] == []


def test_every_page_stands_in_the_index():
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    entries = [line for block in re.findall(r"```\{toctree\}(.*?)```", index, re.S) for line in block.split()]
    known = {path for entry in entries if not entry.startswith(":") for path in DOCS.glob(f"{entry}.md")}
    assert names(set(PAGES) - known - {DOCS / "index.md"}) == [], "give it a line in docs/index.md"


WITH_EXAMPLES = [page for page in READ if ">>> " in page.read_text(encoding="utf-8")]


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=names(WITH_EXAMPLES))
def test_examples_give_what_they_show(page, monkeypatch):
    monkeypatch.chdir(TOP)
    options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    found = doctest.testfile(str(page), module_relative=False, optionflags=options, encoding="utf-8")
    assert found.attempted
    assert not found.failed
