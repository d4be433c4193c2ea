"""One thing that an installation has or lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from integrator import data


@dataclass(frozen=True)
class Finding:
    """Prints as one line."""

    kind: str
    """Python, package, extra, job, or a kind of data/installation.csv."""
    name: str
    ok: bool
    needed: bool
    """Whether a plain run needs it."""
    found: str
    """What was found, in words: a version and its bounds, a path and its free space, or what is wrong."""
    needed_for: str = ""
    how: str = ""
    """How to get it; said when it is missing."""

    def __str__(self) -> str:
        state = "ok  " if self.ok else "NOT " if self.needed else "-   "
        only = "for" if self.ok else "only for"
        use = f", {only} {self.needed_for}" if self.needed_for and not self.needed else ""
        how = f"; to get it: {self.how}" if self.how and not self.ok else ""
        return f"{state}{self.name}: {self.found}{use}{how}"


def asked() -> tuple[Mapping[str, str], ...]:
    """The lines of data/installation.csv."""
    return data.rows("installation.csv")


def of(kind: str, name: str, ok: bool, found: str) -> Finding:
    """A finding with what installation.csv says of it."""
    row = next(row for row in asked() if (row["kind"], row["name"]) == (kind, name))
    return Finding(kind, name, ok, row["needed"] == "yes", found, row["needed_for"], row["how"])
