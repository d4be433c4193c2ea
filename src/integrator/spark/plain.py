"""Fitted things <-> a folder of plain files: JSON, arrays (npy), tables and texts (Parquet). Nothing is ever unpickled.

Only the classes named below are written and made again, attribute by attribute, and only as data: no code is read. What
both sides have anyway (the lexicon, the ranker) is given by name and not written. Arrays are mapped when they are read,
so that the processes of one machine share them.
"""

from __future__ import annotations

import dataclasses
import importlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import sparse

from integrator.spark.frames import ExchangeError, from_arrow, read_table, to_arrow, write_array, write_table

CLASSES = (
    "integrator.blocks:Offer",
    "integrator.ranking.pairs:Offers",
    "integrator.ranking.experience:Experience",
    "integrator.retrieval.channels:LineChannel",
    "integrator.retrieval.channels:TextChannel",
    "integrator.retrieval.channels:ConceptChannel",
    "integrator.retrieval.channels:HsChannel",
    "integrator.retrieval.glosses:Glosses",
    "integrator.retrieval.line_index:LineIndex",
    "integrator.retrieval.meant:MeaningChannel",
    "integrator.vectors:TextVectors",
)
"""What is written attribute by attribute; of a dataclass its fields."""
FUNCTIONS: Mapping[str, Callable[..., Any]] = {"split": str.split}
_FUNCTIONS = ("integrator.vectors:letter_groups",)
UNWRITTEN = ("_made",)
"""Attributes that hold what was worked out on the way; they begin empty."""
MANY = 64
"""Texts or numbers from which a list has a file of its own."""
_SPARSE = {"csr": sparse.csr_matrix, "csc": sparse.csc_matrix}


@lru_cache(maxsize=1)
def _classes() -> Mapping[str, type]:
    return {name: _named(name) for name in CLASSES}


@lru_cache(maxsize=1)
def _functions() -> Mapping[str, Callable[..., Any]]:
    return {**FUNCTIONS, **{name: _named(name) for name in _FUNCTIONS}}


def _named(name: str) -> Any:
    module, _, attribute = name.partition(":")
    return getattr(importlib.import_module(module), attribute)


class Writer:
    """Writes things into a folder; what is met twice is written once."""

    def __init__(self, folder: Path, given: Mapping[str, object]) -> None:
        """`given`: by name, what the reader will be given too and is not written."""
        self.files: dict[str, str] = {}
        """Name of each file written -> sha256 of its bytes."""
        self._folder = folder
        self._given = {id(thing): name for name, thing in given.items() if thing is not None}
        self._met: dict[int, tuple[int, object]] = {}  # the thing is held, so that its id stays its own

    def node(self, thing: Any) -> Any:
        """What stands in JSON for a thing. Raises `ExchangeError` for what is not known here."""
        if thing is None or type(thing) in (bool, int, float, str):
            return thing
        if id(thing) in self._given:
            return {"given": self._given[id(thing)]}
        if id(thing) in self._met:
            return {"again": self._met[id(thing)][0]}
        number = len(self._met)
        self._met[id(thing)] = (number, thing)
        return {"number": number, **self._content(thing)}

    def _content(self, thing: Any) -> dict[str, Any]:
        if isinstance(thing, pd.DataFrame):
            return self._frame(thing)
        if isinstance(thing, np.ndarray):
            return self._array(thing)
        if isinstance(thing, sparse.csr_matrix | sparse.csc_matrix):
            parts = [self.node(part) for part in (thing.data, thing.indices, thing.indptr)]
            return {"sparse": thing.format, "shape": list(thing.shape), "parts": parts}
        if isinstance(thing, Mapping):
            kind = _map_kind(thing)
            return {kind: [self.node(list(thing.keys())), self.node(list(thing.values()))]}
        if isinstance(thing, list | tuple):
            return {"tuple" if isinstance(thing, tuple) else "list": self._items(thing)}
        return self._object(thing)

    def _items(self, things: list[Any] | tuple[Any, ...]) -> Any:
        kinds = set(map(type, things)) if len(things) >= MANY else set()
        if kinds == {str}:
            table = pa.table({"text": pa.array(things, pa.large_string())})
            return {"texts": self._write("parquet", lambda path: write_table(table, path))}
        if kinds == {int} or kinds == {float}:
            return {"numbers": self.node(np.asarray(things))}
        return [self.node(one) for one in things]

    def _object(self, thing: Any) -> dict[str, Any]:
        for name, function in _functions().items():
            if thing is function:
                return {"function": name}
        for name, known in _classes().items():
            if type(thing) is known:
                names = _attributes(thing)
                return {"class": name, "attributes": {one: self.node(getattr(thing, one)) for one in names}}
        raise ExchangeError(f"{type(thing).__module__}.{type(thing).__qualname__} is not known to what is exchanged.")

    def _frame(self, frame: pd.DataFrame) -> dict[str, Any]:
        numbered = isinstance(frame.index, pd.RangeIndex) and frame.index.start == 0 and frame.index.step == 1
        index = None if numbered else self.node(frame.index.to_numpy())
        return {"frame": self._write("parquet", lambda path: write_table(to_arrow(frame), path)), "index": index}

    def _array(self, array: np.ndarray) -> dict[str, Any]:
        if array.dtype.kind == "O":
            return {"objects": self.node(array.tolist())}
        if array.dtype.kind not in "biufU":
            raise ExchangeError(f"arrays of {array.dtype} are not exchanged.")
        whole = np.ascontiguousarray(array) if array.ndim else array
        return {"array": self._write("npy", lambda path: write_array(whole, path))}

    def _write(self, kind: str, write: Callable[[Path], str]) -> str:
        name = f"{len(self.files):04}.{kind}"
        self.files[name] = write(self._folder / name)
        return name


def _map_kind(thing: Mapping[Any, Any]) -> str:
    """`map`, or `maps` for one in which an empty mapping stands for what is missing."""
    if type(thing) is defaultdict and thing.default_factory is dict:
        return "maps"
    if type(thing) is not dict:
        raise ExchangeError(f"a {type(thing).__name__} is not known to what is exchanged.")
    return "map"


def _attributes(thing: Any) -> list[str]:
    names = [field.name for field in dataclasses.fields(thing)] if dataclasses.is_dataclass(thing) else vars(thing)
    return [name for name in names if name not in UNWRITTEN]


class Reader:
    """Makes again what a `Writer` wrote."""

    def __init__(self, folder: Path, given: Mapping[str, object]) -> None:
        self._folder, self._given = folder, given
        self._met: dict[int, Any] = {}

    def thing(self, node: Any) -> Any:
        """The thing that a node stands for. Raises `ExchangeError` when it is not one of a `Writer`."""
        if not isinstance(node, dict):
            return node
        if "given" in node:
            if node["given"] not in self._given:
                raise ExchangeError(f"{self._folder}: {node['given']} is not at hand.")
            return self._given[node["given"]]
        if "again" in node:
            return self._met[node["again"]]
        try:
            self._met[node["number"]] = found = self._content(node)
        except (KeyError, TypeError, ValueError, OSError, pa.ArrowException) as error:
            raise ExchangeError(f"{self._folder}: it cannot be read ({error}).") from error
        return found

    def _content(self, node: dict[str, Any]) -> Any:
        readers: dict[str, Callable[[Any, dict[str, Any]], Any]] = {
            "frame": self._frame, "array": self._array, "objects": self._objects, "sparse": self._sparse,
            "map": self._map,
            "maps": lambda halves, node: defaultdict(dict, self._map(halves, node)),
            "list": lambda items, _: list(self._items(items)),
            "tuple": lambda items, _: tuple(self._items(items)),
            "function": lambda name, _: _functions()[name], "class": self._object,
        }  # fmt: skip
        kind = next(name for name in readers if name in node)
        return readers[kind](node[kind], node)

    def _frame(self, name: str, node: dict[str, Any]) -> pd.DataFrame:
        frame = from_arrow(read_table(self._folder / _bare(name)))
        if node["index"] is not None:
            frame.index = pd.Index(np.array(self.thing(node["index"])))
        return frame

    def _array(self, name: str, _: dict[str, Any]) -> np.ndarray:
        path = self._folder / _bare(name)
        found = np.load(path, mmap_mode="r", allow_pickle=False)
        return np.asarray(found) if found.size else np.load(path, allow_pickle=False)

    def _objects(self, items: Any, _: dict[str, Any]) -> np.ndarray:
        values = self.thing(items)
        array = np.empty(len(values), dtype=object)
        array[:] = values
        return array

    def _sparse(self, kind: str, node: dict[str, Any]) -> Any:
        parts = tuple(self.thing(part) for part in node["parts"])
        return _SPARSE[kind](parts, shape=tuple(node["shape"]), copy=False)

    def _map(self, halves: Any, _: dict[str, Any]) -> dict[Any, Any]:
        return dict(zip(*(self.thing(half) for half in halves), strict=True))

    def _items(self, items: Any) -> Any:
        if isinstance(items, list):
            return [self.thing(one) for one in items]
        if "texts" in items:
            return read_table(self._folder / _bare(items["texts"])).column("text").to_pylist()
        return self.thing(items["numbers"]).tolist()

    def _object(self, name: str, node: dict[str, Any]) -> Any:
        made: Any = object.__new__(_classes()[name])
        for attribute, value in node["attributes"].items():
            object.__setattr__(made, attribute, self.thing(value))
        for attribute in UNWRITTEN:
            if attribute in getattr(type(made), "__annotations__", {}):
                object.__setattr__(made, attribute, {})
        return made


def _bare(name: str) -> str:
    """A name that leads nowhere else."""
    if Path(name).name != name or name.startswith("."):
        raise ExchangeError(f"{name}: not the name of a file of the folder.")
    return name
