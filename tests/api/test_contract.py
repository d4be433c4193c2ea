"""What is public does not change unseen: names with their signatures, and the columns of every table.

`INTEGRATOR_CONTRACT=write pytest tests/api/test_contract.py` writes both files anew; docs/api.md says what a change
asks for.
"""

from __future__ import annotations

import csv
import doctest
import inspect
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import integrator
from integrator import tables
from integrator.api.run_tables import TableOf
from integrator.tables import ALL

HERE = Path(__file__).parent
NAMES, COLUMNS = HERE / "public_names.txt", HERE / "table_columns.csv"


def _held(path: Path, text: str) -> str:
    if os.environ.get("INTEGRATOR_CONTRACT") == "write":
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8")


def _signature(thing: object) -> str:
    found = inspect.signature(thing)  # type: ignore[arg-type]
    plain = [one.replace(annotation=one.empty) for one in found.parameters.values() if one.name != "self"]
    return str(found.replace(parameters=plain, return_annotation=inspect.Signature.empty))


def _members(kind: type) -> Iterator[str]:
    """What a class of our own gives beside its constructor, which is no part of the contract."""
    fields = getattr(kind, "__dataclass_fields__", {})
    yield from (f"{kind.__name__}.{name}" for name in fields if not name.startswith("_"))
    for name in dir(kind):
        member = inspect.getattr_static(kind, name)
        if name in fields or (name.startswith("_") and name != "_repr_html_") or hasattr(Exception, name):
            continue
        if isinstance(member, TableOf | property):
            yield f"{kind.__name__}.{name}"
        elif inspect.isfunction(member):
            yield f"{kind.__name__}.{name}{_signature(member)}"


def _public() -> Iterator[str]:
    for name in sorted(integrator.__all__):
        thing = getattr(integrator, name)
        if inspect.isfunction(thing):
            yield f"{name}{_signature(thing)}"
        else:
            yield name
        if inspect.isclass(thing) and name != "Config":
            yield from sorted(_members(thing))


def _columns() -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("version", "table", "place", "column", "type", "key"))
    for table in ALL.values():
        for place, (name, kind) in enumerate(table.columns):
            writer.writerow((tables.VERSION, table.name, place, name, kind, "yes" if name in table.key else "no"))
    return text.getvalue()


def test_public_names_are_those_that_were_agreed() -> None:
    text = "".join(f"{line}\n" for line in _public())
    assert _held(NAMES, text) == text, "see docs/api.md: what may change, and how"


def test_columns_of_tables_are_those_that_were_agreed() -> None:
    text = _columns()
    assert _held(COLUMNS, text) == text, "see docs/api.md: what may change, and how"


def test_every_public_thing_says_what_it_is() -> None:
    for line in _public():
        thing: object = integrator
        for name in line.partition("(")[0].split("."):
            thing = inspect.getattr_static(thing, name, None) if thing is not integrator else getattr(integrator, name)
        if inspect.isfunction(thing) and not line.split(".")[-1].startswith("_"):
            assert thing.__doc__, line
            unnamed = [name for name, one in inspect.signature(thing).parameters.items() if one.annotation is one.empty]
            assert unnamed in ([], ["self"]), line


def test_the_examples_of_the_page_and_of_the_docstrings_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    top = HERE.parents[1]
    monkeypatch.chdir(top)
    assert doctest.testfile(str(top / "docs" / "api.md"), module_relative=False, encoding="utf-8").failed == 0
    assert doctest.testmod(integrator).failed == 0
