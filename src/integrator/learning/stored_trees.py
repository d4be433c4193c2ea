"""Trees as plain data for JSON, and back: nothing is believed of a file before it is checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from integrator.learning.stored_numbers import LARGEST, MOST_ENTRIES, MOST_FEATURES, floats, integers

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

MOST_ROWS = 10**12

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
    n_features = int(integers("'n_features' of the trees", [data["n_features"]], 0, MOST_FEATURES)[0])
    baseline = float(floats("'baseline' of the trees", [data["baseline"]], LARGEST)[0])
    if not isinstance(data["feature"], list) or len(data["feature"]) > MOST_ENTRIES:
        raise ValueError(f"'feature' of the trees must be a list of at most {MOST_ENTRIES} entries.")
    size = len(data["feature"])
    roots = integers("'roots' of the trees", data["roots"], 0, max(size - 1, 0))
    arrays = {
        "feature": integers("'feature' of the trees", data["feature"], -1, n_features - 1, size),
        "threshold": floats("'threshold' of the trees", data["threshold"], float(np.finfo(float).max), size),
        "missing_left": integers("'missing_left' of the trees", data["missing_left"], 0, 1, size).astype(bool),
        "left": integers("'left' of the trees", data["left"], -1, size - 1, size),
        "right": integers("'right' of the trees", data["right"], -1, size - 1, size),
        "value": floats("'value' of the trees", data["value"], LARGEST, size),
        "count": integers("'count' of the trees", data["count"], 1, MOST_ROWS, size),
    }
    _check_shape(roots, arrays, size)
    return (n_features, baseline, roots, *(arrays[name] for name in NODES))


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
