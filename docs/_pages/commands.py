"""The page of commands, from the functions of the command line and what stands at their parameters."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from markdown import code, page, table
from typer.models import ArgumentInfo

from integrator.cli import app

INTRO = (
    "`integrator COMMAND --help` says the same. JOB is a job file ([job.md](job.md)); `integrator.toml` of the working "
    "directory when it is left out."
)
OUTRO = """## Exit codes

| code | what happened |
|---|---|
| 0 | done |
| 1 | an unexpected fault; `doctor`: a plain run may fail |
| 2 | an option, a job or an id that cannot be |
| 3 | an input was refused |
| 4 | `--strict`, and there were warnings or rows set aside |
| 5 | an output is there already, or cannot be written |
| 130, 143 | interrupted (SIGINT, SIGTERM): nothing is left half-written |

`--debug`, anywhere on the line, shows where an unexpected fault arose."""
TYPES = {bool: "", int: "a number", float: "a number", str: "text", Path: "a path"}


def page_text() -> str:
    """One section a command."""
    return page("Commands", INTRO, *(_section(name, called) for name, called in _commands(app)), OUTRO)


def options() -> dict[str, set[str]]:
    """The options of every command, as they are spelled."""
    found = {}
    for name, called in _commands(app):
        hints = get_type_hints(called, include_extras=True)
        pairs = [(one, _split(hints[one])[1]) for one in inspect.signature(called).parameters]
        spelled = [_spelled(one, info) for one, info in pairs if not isinstance(info, ArgumentInfo)]
        found[name] = {"--debug", *(word for text in spelled for word in text.split(", "))}
    return found


def _commands(group: Any, before: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every command with its whole name, in the order of the help."""
    for one in group.registered_commands:
        name = one.name or one.callback.__name__.replace("_", "-")
        yield f"{before}{name}", one.callback
    for inner in group.registered_groups:
        yield from _commands(inner.typer_instance, f"{before}{inner.name} " if inner.name else before)


def _section(name: str, called: Callable[..., Any]) -> str:
    """Usage, sentence and parameters of a command."""
    hints = get_type_hints(called, include_extras=True)
    arguments, options = [], []
    for parameter in inspect.signature(called).parameters.values():
        kind, info = _split(hints[parameter.name])
        is_argument = isinstance(info, ArgumentInfo)
        spelled = parameter.name.upper() if is_argument else _spelled(parameter.name, info)
        row = (spelled, _takes(kind, info), parameter.default, info.help or "")
        (arguments if is_argument else options).append(row)
    words = [word if default is inspect.Parameter.empty else f"[{word}]" for word, _, default, _ in arguments]
    usage = " ".join(["    integrator", name, *words, *(["[OPTIONS]"] if options else [])])
    rows = [(_code(word), takes, _default(default), said) for word, takes, default, said in arguments + options]
    parts = [f"## integrator {name}", " ".join((inspect.getdoc(called) or "").split()), usage]
    if rows:
        parts.append(table(["argument or option", "takes", "default", "meaning"], rows))
    return "\n\n".join(parts)


def _split(hint: Any) -> tuple[Any, Any]:
    """Type and description of a parameter."""
    assert get_origin(hint) is Annotated, hint
    kind, info = get_args(hint)
    return kind, info


def _spelled(name: str, info: Any) -> str:
    """The spellings; typer keeps the first as the default of an option that is declared in `Annotated`."""
    first = (info.default,) if isinstance(info.default, str) else ()
    return ", ".join((*first, *(info.param_decls or ())) or ("--" + name.replace("_", "-"),)).replace("/", ", ")


def _code(spelled: str) -> str:
    return ", ".join(code(word) for word in spelled.split(", "))


def _takes(kind: Any, info: Any) -> str:
    """What stands after the option; nothing after a flag."""
    may_lack = get_origin(kind) in (UnionType, Union)
    first = next(one for one in get_args(kind) if one is not type(None)) if may_lack else kind
    many = get_origin(first) is list
    words = _words(get_args(first)[0] if many else first)
    if info.min is not None:
        words += f" from {info.min}"
    return words + (", repeatable" if many else "")


def _words(kind: Any) -> str:
    return ", ".join(code(one) for one in get_args(kind)) if get_origin(kind) is Literal else TYPES[kind]


def _default(value: Any) -> str:
    if value is inspect.Parameter.empty:
        return "must be given"
    return "" if value in (None, "", False) or value == [] else code(str(value))
