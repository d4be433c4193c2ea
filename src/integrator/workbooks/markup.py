"""XML parts streamed through expat: no part is held whole, no entity is ever expanded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from integrator.workbooks.limits import MIB

Attributes = dict[str, str]

_LONGEST_TOKEN = MIB
"""expat rescans an unfinished tag or comment at each piece: a longer one would take minutes."""
_DEEPEST = 1_000
_MOST_NAMES = 10_000
"""expat keeps every open element and every name it ever saw: a 1 MB file can hold gigabytes of them."""


class MalformedMarkupError(ValueError):
    """The part is not well-formed XML, or says what no spreadsheet program writes."""


class DoctypeError(ValueError):
    """The part declares a document type, the way to entity bombs and to external files."""


def scan_markup(
    pieces: Iterable[bytes],
    start: Callable[[str, Attributes], None] | None = None,
    text: Callable[[str], None] | None = None,
    end: Callable[[str], None] | None = None,
) -> None:
    """Feed a part to the functions; tag names come as written, see `local`.

    Raises `MalformedMarkupError`, `DoctypeError`, or what the functions raise.
    """
    depth = 0

    def opened(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise MalformedMarkupError(f"more than {_DEEPEST} elements inside each other")
        if start:
            start(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(name)

    names: dict[str, str] = {}
    parser = expat.ParserCreate(intern=names)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = opened
    parser.CharacterDataHandler = text
    parser.EndElementHandler = closed
    fed = 0
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > _LONGEST_TOKEN:
                raise MalformedMarkupError("a tag of more than 1 MiB")
            if len(names) > _MOST_NAMES:
                raise MalformedMarkupError(f"more than {_MOST_NAMES} names of elements and attributes")
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, UnicodeError) as error:
        raise MalformedMarkupError(str(error)) from error


def local(name: str) -> str:
    """A tag or attribute name without its namespace prefix."""
    return name.rpartition(":")[2] if ":" in name else name


def by_local_name(attributes: Attributes) -> Attributes:
    """Attributes keyed without their namespace prefix."""
    return {local(name): value for name, value in attributes.items()}


def _refuse_doctype(*_: object) -> None:
    raise DoctypeError("a document type declaration")
