"""What is installed here, what is missing, what it is needed for and how to get it: `integrator doctor`.

Loads none of the libraries that it asks about, so that it answers where one of them is missing or broken.
"""

from __future__ import annotations

import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from integrator import __version__
from integrator.installation import machine, versions
from integrator.installation.finding import Finding, asked

__all__ = ["Finding", "Report", "report"]


@dataclass(frozen=True)
class Report:
    """All that was looked at, in a stated order: what every run needs first."""

    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether everything is there that a plain run needs."""
        return all(one.ok for one in self.findings if one.needed)

    def text(self) -> str:
        """One line a finding, in two parts: what every run needs, what some things need."""
        lines = [f"integrator {__version__}, Python {platform.python_version()}, {platform.system()}"]
        for needed, head in ((True, "every run needs"), (False, "some things need")):
            lines += [head, *(f"  {one}" for one in self.findings if one.needed == needed)]
        lines.append("everything that a plain run needs is there" if self.ok else "a plain run may fail: see NOT above")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "integrator": __version__,
            "python": platform.python_version(),
            "ok": self.ok,
            "findings": [asdict(one) for one in self.findings],
        }

    def __str__(self) -> str:
        return self.text()


def report(job: str | Path | None = None) -> Report:
    """Look at this installation, with the folders of a job: a file, else ./integrator.toml when there is one.

    Nothing is written, nothing is fetched; `java`, `soffice` and `fc-list` are asked for their version or fonts.
    """
    found = [
        *versions.findings(),
        *machine.folders(Path(job) if job else None),
        *machine.resources(),
        *machine.programs(),
        *machine.fonts(),
        *machine.terminal(),
    ]
    listed = {(row["kind"], row["name"]): number for number, row in enumerate(asked())}
    return Report(tuple(sorted(found, key=lambda one: listed.get((one.kind, one.name), -1))))
