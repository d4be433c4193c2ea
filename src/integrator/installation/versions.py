"""Installed versions beside the bounds of the package's own metadata."""

from __future__ import annotations

import operator
import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata, requires, version

from integrator.installation.finding import Finding, asked, of

_PACKAGE = "integrator"
_WANTED = re.compile(r"([A-Za-z0-9._-]+)\s*([^;]*?)\s*(?:;.*\bextra\s*==\s*['\"]([\w-]+)['\"].*)?")
_BOUND = re.compile(r"(>=|<=|==|!=|<|>)\s*([0-9][0-9.]*)")
_COMPARE = {
    ">=": operator.ge, "<=": operator.le, "==": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt,
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """A line `Requires-Dist` of the metadata."""

    name: str
    bounds: str
    """As `>=2.3,<4`; empty = any version."""
    extra: str
    """The extra that brings it; empty = every run needs it."""


def wanted(line: str) -> Wanted:
    """What a line of the metadata asks for.

    >>> wanted("pyspark<5,>=4.0; extra == 'spark'")
    Wanted(name='pyspark', bounds='<5,>=4.0', extra='spark')
    """
    found = _WANTED.fullmatch(line.strip())
    if found is None:
        raise ValueError(f"{line!r} is no requirement that is understood here")
    return Wanted(found[1], found[2], found[3] or "")


def within(installed: str, bounds: str) -> bool:
    """Whether a version keeps to bounds, by the numbers of its release alone: 2.0rc1 counts as 2.0.

    >>> within("3.1.1", ">=2.3,<4"), within("4.0", ">=2.3,<4"), within("0.2.1", "==0.2.1"), within("7", "")
    (True, False, True, True)
    """
    return all(_COMPARE[sign](*_same_length(installed, bound)) for sign, bound in _BOUND.findall(bounds))


def findings() -> Iterator[Finding]:
    """Python, the packages that every run needs, and each extra as a whole."""
    try:
        lines, python = requires(_PACKAGE) or [], metadata(_PACKAGE)["Requires-Python"] or ""
    except PackageNotFoundError:
        yield Finding(
            "package", _PACKAGE, False, False, "runs from a folder without being installed: no versions are checked",
            "knowing which versions are allowed", "pip install the package",
        )  # fmt: skip
        return
    ours = platform.python_version()
    yield Finding("python", "Python", within(ours, python), True, f"{ours} ({_words(python)})", "", "install another")
    all_wanted = [wanted(line) for line in lines]
    for one in sorted((one for one in all_wanted if not one.extra), key=lambda one: one.name.lower()):
        ok, found = _installed(one)
        yield Finding("package", one.name, ok, True, found, "every run", f'pip install "{one.name}{one.bounds}"')
    for row in asked():
        if row["kind"] == "extra":
            parts = [(one.name, *_installed(one)) for one in all_wanted if one.extra == row["name"]]
            yield of("extra", row["name"], all(ok for _, ok, _ in parts), ", ".join(f"{n} {f}" for n, _, f in parts))


def _installed(one: Wanted) -> tuple[bool, str]:
    try:
        found = version(one.name)
    except PackageNotFoundError:
        return False, "is not installed"
    said = f"{found} ({_words(one.bounds)})" if one.bounds else found
    return within(found, one.bounds), said


def _words(bounds: str) -> str:
    """Bounds in the order of versions, for reading: `>=2.3, <4`."""
    return ", ".join(sorted(bounds.replace(" ", "").split(","), reverse=True))


def _same_length(*texts: str) -> list[tuple[int, ...]]:
    """The releases as numbers, filled with zeros: 2.0 and 2.0.0 are one."""
    releases = [tuple(map(int, re.match(r"\d+(?:\.\d+)*", text)[0].split("."))) for text in texts]  # type: ignore[index]
    length = max(map(len, releases))
    return [release + (0,) * (length - len(release)) for release in releases]
