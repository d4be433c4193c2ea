"""Trees as plain data for JSON, and back: nothing is believed of a file before it is checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORMAT = "integrator.trees/1"
NODES: dict[str, type] = {
    "feature": np.intp,
    "threshold": np.float64,
    "missing_left": np.bool_,
    "left": np.intp,
    "right": np.intp,
    "value": np.float64,
    "count": np.intp,
}
"""Arrays with one entry a node, and their type."""

MOST_FEATURES, MOST_NODES, MOST_ROWS = 100_000, 5_000_000, 10**12
LARGEST_VALUE = 1e100
"""Largest leaf value or baseline: sums of them stay finite."""

KEYS = {"format", "n_features", "baseline", "roots", *NODES}


def written(
    n_features: int, baseline: float, roots: NDArray[np.intp], nodes: Mapping[str, NDArray[Any]]
) -> dict[str, Any]:
    """Lists and numbers of an ensemble. Floats are written by `json` so that they are read back the same."""
    data: dict[str, Any] = {"format": FORMAT, "n_features": n_features, "baseline": baseline, "roots": roots.tolist()}
    for name, kind in NODES.items():
        data[name] = nodes[name].astype(int if kind is np.bool_ else kind).tolist()
    return data


def read(data: Mapping[str, Any]) -> tuple[Any, ...]:
    """The fields of an ensemble in their order. ValueError with one sentence that says what is wrong."""
    if not isinstance(data, Mapping):
        raise ValueError("Trees must be given as a table of names and lists.")
    if data.get("format") != FORMAT:
        raise ValueError(f"The format of the trees is not {FORMAT!r}.")
    odd = sorted(str(key) for key in KEYS.symmetric_difference(data))
    if odd:
        raise ValueError(f"The trees lack, or have too much: {', '.join(odd[:5])[:200]}.")
    n_features = int(_integers("n_features", [data["n_features"]], 0, MOST_FEATURES)[0])
    baseline = float(_floats("baseline", [data["baseline"]], LARGEST_VALUE)[0])
    if not isinstance(data["feature"], list) or len(data["feature"]) > MOST_NODES:
        raise ValueError(f"'feature' of the trees must be a list of at most {MOST_NODES} entries.")
    size = len(data["feature"])
    roots = _integers("roots", data["roots"], 0, max(size - 1, 0))
    arrays = {
        "feature": _integers("feature", data["feature"], -1, n_features - 1, size),
        "threshold": _floats("threshold", data["threshold"], float(np.finfo(float).max), size),
        "missing_left": _integers("missing_left", data["missing_left"], 0, 1, size).astype(bool),
        "left": _integers("left", data["left"], -1, size - 1, size),
        "right": _integers("right", data["right"], -1, size - 1, size),
        "value": _floats("value", data["value"], LARGEST_VALUE, size),
        "count": _integers("count", data["count"], 1, MOST_ROWS, size),
    }
    _check_shape(roots, arrays, size)
    return (n_features, baseline, roots, *(arrays[name] for name in NODES))


def _integers(name: str, given: Any, lowest: int, highest: int, size: int | None = None) -> NDArray[np.intp]:
    _check_list(name, given, size)
    for place, entry in enumerate(given):
        if type(entry) is not int or not lowest <= entry <= highest:
            raise ValueError(f"'{name}' of the trees, entry {place}, must be a whole number {lowest} to {highest}.")
    return np.array(given, dtype=np.intp)


def _floats(name: str, given: Any, largest: float, size: int | None = None) -> NDArray[np.float64]:
    _check_list(name, given, size)
    for place, entry in enumerate(given):
        if type(entry) not in (int, float) or not -largest <= entry <= largest:
            raise ValueError(f"'{name}' of the trees, entry {place}, must be a number of at most {largest:g}.")
    return np.array(given, dtype=np.float64)


def _check_list(name: str, given: Any, size: int | None) -> None:
    if not isinstance(given, list):
        raise ValueError(f"'{name}' of the trees must be a list.")
    if len(given) > MOST_NODES or (size is not None and len(given) != size):
        raise ValueError(f"'{name}' of the trees has {len(given)} entries; {size or MOST_NODES} fit.")


def _check_shape(roots: NDArray[np.intp], arrays: Mapping[str, NDArray[Any]], size: int) -> None:
    """Every node belongs to one tree, stands after its parent and has one parent (so no walk runs in a circle)."""
    if (size != 0 and (len(roots) == 0 or roots[0] != 0)) or (np.diff(roots) <= 0).any():
        raise ValueError("'roots' of the trees must begin with 0 and rise.")
    left, right, feature, count = (arrays[name] for name in ("left", "right", "feature", "count"))
    leaf = feature < 0
    if (leaf != (left < 0)).any() or (leaf != (right < 0)).any():
        raise ValueError("A node of the trees is half leaf: 'feature', 'left' and 'right' must be -1 together.")
    inner = np.flatnonzero(~leaf)
    tree = np.searchsorted(roots, np.arange(size), side="right")
    for child in (left[inner], right[inner]):
        if (child <= inner).any() or (tree[child] != tree[inner]).any():
            raise ValueError("A child in the trees must stand after its parent, in the same tree.")
    parents = np.bincount(np.concatenate((left[inner], right[inner], roots)), minlength=size)
    if (parents != 1).any():
        raise ValueError("A node of the trees must have one parent, or be a root.")
    if (count[left[inner]] + count[right[inner]] != count[inner]).any():
        raise ValueError("The 'count' of a node of the trees must be that of its two children together.")
