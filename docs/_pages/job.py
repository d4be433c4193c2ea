"""The page of the job file, from the models that check it and the sentences below their fields."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from markdown import code, page, sentence, table
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from integrator import config

INTRO = (
    "A job is a TOML file; `integrator init` writes one to begin with. Every key may be left out; an unknown key is "
    "refused with the nearest known one. Paths start at the folder of the job file."
)


def page_text() -> str:
    """One section a part of the job."""
    return page("The job file", INTRO, *_sections())


def _sections() -> Iterator[str]:
    for name, field in config.Config.model_fields.items():
        model = field.annotation
        if inspect.isclass(model) and issubclass(model, BaseModel):
            yield _section(f"[{name}]", model)
        elif name == "trade":
            yield _section('[trade."FILE"]', config.TradeFile)


def _section(title: str, model: type[BaseModel]) -> str:
    said = _sentences(model)
    rows = [
        (code(name), _kind(field.annotation) + _bounds(field.metadata), _default(field), said.get(name, ""))
        for name, field in model.model_fields.items()
    ]
    doc = _linked(" ".join((inspect.getdoc(model) or "").split()))
    return f"## {title}\n\n{doc}\n\n" + table(["key", "takes", "default", "meaning"], rows)


def _sentences(model: type[BaseModel]) -> Mapping[str, str]:
    """Field -> the text that stands below it in the class."""
    body = ast.parse(inspect.getsource(model)).body[0]
    assert isinstance(body, ast.ClassDef)
    found = {}
    for one, after in zip(body.body, body.body[1:], strict=False):
        if isinstance(one, ast.AnnAssign) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            found[ast.unparse(one.target)] = _linked(sentence(str(after.value.value)))
    return found


def _linked(text: str) -> str:
    """Names of pages as links to them."""
    return re.sub(r"docs/([\w-]+\.md)", r"[\1](../\1)", text)


def _kind(annotation: Any) -> str:
    """A type in words."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return ", ".join(code(str(one)) for one in inner)
    if origin is tuple:
        return f"list of {_kind(inner[0])}"
    if origin is dict:
        return f"table of {_kind(inner[1])}"
    if hasattr(annotation, "__metadata__"):
        return _kind(inner[0])
    if inner:
        return " or ".join(_kind(one) for one in inner if one is not type(None))
    return {str: "text", int: "number", float: "number", bool: "true or false"}[annotation]


def _bounds(metadata: list[Any]) -> str:
    """What limits a value."""
    words = []
    for one in metadata:
        for name, text in (("ge", "from"), ("gt", "above"), ("le", "to"), ("max_length", "at most")):
            value = getattr(one, name, None)
            if value is not None:
                words.append(f"{text} {value}" + (" characters" if name == "max_length" else ""))
    return f" {' '.join(words)}" if words else ""


def _default(field: Any) -> str:
    value = field.default
    if value is PydanticUndefined or value is None or value in ("", (), {}):
        return ""
    if isinstance(value, tuple):
        return ", ".join(code(str(one)) for one in value)
    if isinstance(value, bool):
        return code(str(value).lower())
    return f"{value:,}" if isinstance(value, int) else code(str(value))
