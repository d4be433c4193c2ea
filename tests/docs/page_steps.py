"""What a page tells its reader to do, in order: files to write, lines to change, commands and what they print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Command:
    """`$ COMMAND`, and the lines that it is shown to print; none = nothing is said of them."""

    line: str
    printed: list[str] = field(default_factory=list)


@dataclass
class Written:
    """`` `NAME`: `` and a block: a file with this content."""

    name: str
    content: str


@dataclass
class Changed:
    """``In `NAME`, change `OLD` to `NEW` ``: a file of the checkout, and the one line of it that begins with OLD."""

    name: str
    old: str
    new: str


BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
FILE = re.compile(r"^`([\w./-]+)`[^\n]*:$")
CHANGE = re.compile(r"In\s+`([\w./-]+)`,\s+change\s+`([^`]+)`\s+to\s+`([^`]+)`")


def steps(page: Path) -> Iterator[Command | Written | Changed]:
    """The steps of a page; commands stand in blocks of `console`, or in indented lines."""
    text, start = page.read_text(encoding="utf-8"), 0
    for block in BLOCK.finditer(text):
        before = text[start : block.start()]
        yield from _in_words(before)
        named = FILE.match(before.rstrip().rpartition("\n")[2])
        if block[1] == "console":
            yield from _commands(block[2].splitlines())
        elif named:
            yield Written(named[1], block[2])
        start = block.end()
    yield from _in_words(text[start:])


def _in_words(text: str) -> Iterator[Command | Changed]:
    yield from (Changed(*found.groups()) for found in CHANGE.finditer(text))
    yield from _commands([line.removeprefix("    ") for line in text.splitlines() if line.startswith("    ")])


def _commands(lines: list[str]) -> Iterator[Command]:
    command = None
    for line in "\n".join(lines).replace("\\\n", "").splitlines():
        if line.startswith("$ "):
            if command:
                yield command
            command = Command(line.removeprefix("$ "))
        elif command and line.strip():
            command.printed.append(line)
    if command:
        yield command
