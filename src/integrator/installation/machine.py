"""Programs, fonts, folders, screen, memory and cores of the machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from integrator import budget
from integrator.errors import IntegratorError
from integrator.installation.finding import Finding, of

_LEAST_FREE = 100_000_000
"""Bytes a folder should have free: four times what the results of the shipped job take."""
_SIGNS = "é≈ع"
_JAVA = 17


def programs() -> Iterator[Finding]:
    """Java, LibreOffice and Chromium."""
    yield _java()
    office = shutil.which("soffice") or shutil.which("libreoffice")
    said = re.search(r"LibreOffice (\d[\d.]*)", _said(office, "--version")) if office else None
    yield of("program", "LibreOffice", bool(office), said[1] if said else office or "not found")
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    yield of("program", "Chromium", bool(browser), browser or "not found")


def fonts() -> Iterator[Finding]:
    """Fonts as `fc-list` knows them; nothing where there is no such program."""
    program = shutil.which("fc-list")
    if not program:
        return
    for name, pattern in (("Calibri or Carlito", r"^(?:Calibri|Carlito)\b"), ("Arabic letters", r"^.+")):
        families = _said(program, ":lang=ar" if name == "Arabic letters" else ":", "family")
        found = sorted(set(re.findall(f"{pattern}.*", families, re.MULTILINE)))
        first = found[0].split(",")[0] if found else "no such font"
        yield of("font", name, bool(found), first + (f" and {len(found) - 1} others" if found[1:] else ""))


def folders(job: Path | None) -> Iterator[Finding]:
    """Where a run writes: whether it may, and the free space there. A job that cannot be read is a finding too."""
    results, store = Path("out"), Path("integrator-store")
    try:
        from integrator.config import load

        config = load(job)
        results, store = config.base / config.output.folder, config.base / config.store.path
    except IntegratorError as error:
        yield Finding("job", "job file", False, True, str(error), "every run", "mend it")
    except ImportError:
        pass  # the package that lacks is a finding of its own
    for name, folder in (("results", results), ("store", store), ("temporary", Path(tempfile.gettempdir()))):
        yield _folder(name, folder)


def resources() -> Iterator[Finding]:
    """Memory beside what the smallest job takes; cores that this process may use."""
    least = budget.peak(budget.Counts(0, 0, 0, 0), budget.LEAST_BLOCK)
    there = _memory()
    said = "not known on this system" if there is None else f"{budget.size_text(there)}"
    yield of(
        "machine",
        "memory",
        there is None or there >= least,
        f"{said}; the smallest job takes {budget.size_text(least)}",
    )
    cores = len(os.sched_getaffinity(0)) if sys.platform.startswith("linux") else os.cpu_count() or 1
    yield of("machine", "cores", cores > 1, str(cores))


def terminal() -> Iterator[Finding]:
    """Whether the screen takes letters of every language."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        _SIGNS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        yield of("terminal", "encoding", False, f"{encoding} lacks some of {_SIGNS!a}")
    else:
        yield of("terminal", "encoding", True, encoding)


def _java() -> Finding:
    try:
        from integrator.spark.session import java_version
    except ImportError:
        return of("program", "Java", False, "not looked for, as a package is missing")
    found = java_version()
    return of("program", "Java", (found or 0) >= _JAVA, f"version {found}" if found else "not found")


def _folder(name: str, folder: Path) -> Finding:
    """A folder that is not there yet is judged by the nearest one above it."""
    there = next((one for one in (folder, *folder.absolute().parents) if one.exists()), Path("/"))
    if not there.is_dir():
        return of("folder", name, False, f"{folder}: {there} is a file")
    if not os.access(there, os.W_OK | os.X_OK):
        return of("folder", name, False, f"{folder}: may not be written")
    free = shutil.disk_usage(there).free
    scarce = "" if free >= _LEAST_FREE else f", less than {budget.size_text(_LEAST_FREE)}"
    return of("folder", name, not scarce, f"{os.path.normpath(folder)}, {budget.size_text(free)} free{scarce}")


def _memory() -> int | None:
    """Bytes of memory of the machine, or of the group of processes that this one is in, when that is less."""
    try:
        there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None
    limit = Path("/sys/fs/cgroup/memory.max")
    said = limit.read_text(encoding="ascii").strip() if limit.is_file() else "max"
    return min(there, int(said)) if said.isdigit() else there


def _said(program: str, *arguments: str) -> str:
    """What a program prints; nothing when it does not start or takes over a minute."""
    try:
        done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout
