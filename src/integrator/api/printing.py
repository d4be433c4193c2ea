"""Results of the layers below as results that print themselves."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

Kind = TypeVar("Kind")


def as_kind(kind: type[Kind], found: Any) -> Kind:
    """A frozen dataclass as one of its subclasses, with the same values."""
    return kind(**{one.name: getattr(found, one.name) for one in dataclasses.fields(found)})
