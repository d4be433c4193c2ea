"""The drawing of docs/performance.md from `results/curves.csv`: the same bytes whenever the numbers are the same.

It needs matplotlib, of the extra `notebooks`. Usage: python benchmarks/plot_curves.py [--curves FILE] [--out FILE]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import matplotlib as mpl
from results_file import RESULTS, read_results

mpl.use("svg")
mpl.rcParams |= {"svg.hashsalt": "integrator", "svg.fonttype": "none", "font.size": 9, "axes.spines.top": False}
from matplotlib import pyplot as plt  # noqa: E402 - the settings come first

OUT = Path(__file__).resolve().parents[1] / "docs" / "img" / "curves.svg"
PANELS = {"cpu": "CPU seconds", "peak_mb": "memory at its peak, MB"}
LOOKS = {
    ("ours", "whole"): ("whole job", "#17324D", "-", 2.2),
    ("ours", "retrieve"): ("retrieve", "#2A7F9E", "-", 1.2),
    ("ours", "rank"): ("rank", "#C05A1F", "-", 1.2),
    ("ours", "normalize"): ("normalize", "#6C8C3A", "-", 1.2),
    ("ours", "link"): ("link", "#8A6BB1", "-", 1.2),
    ("ours", "value"): ("value", "#B8860B", "-", 1.2),
    ("ours", "write"): ("write", "#7A7A7A", "-", 1.2),
    ("ours", "retrieval alone, shards"): ("retrieval alone, in shards", "#2A7F9E", "none", 0),
    ("script: extract, WRatio", "whole"): ("pandas + rapidfuzz script", "#A02020", "--", 1.4),
    ("bm25s_compiled", "search"): ("bm25s, search alone", "#444444", ":", 1.2),
    ("sparse_dot_topn", "search"): ("sparse-dot-topn, search alone", "#888888", ":", 1.2),
}
"""Of each line: name, colour, line, width. Lines that are not here are not drawn."""


def main() -> None:
    """Draw."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--curves", type=Path, default=RESULTS / "curves.csv")
    options.add_argument("--out", type=Path, default=OUT)
    given = options.parse_args()
    rows = read_results(given.curves)
    figure, axes = plt.subplots(1, len(PANELS), figsize=(10.5, 4.6))
    for panel, (measure, label) in zip(axes, PANELS.items(), strict=True):
        for (what, stage), (name, colour, line, width) in LOOKS.items():
            own = [row for row in rows if (row["what"], row["stage"]) == (what, stage)]
            own.sort(key=lambda row: int(row["suppliers"]))
            if own:
                sizes = [int(row["suppliers"]) for row in own]
                values = [max(float(row[measure]), 0.01) for row in own]
                panel.plot(sizes, values, color=colour, linestyle=line, linewidth=width, marker="o", ms=3, label=name)
        panel.set(xscale="log", yscale="log", xlabel="suppliers", ylabel=label)
        panel.grid(which="major", linewidth=0.3, color="#C9D2DA")
        panel.spines["right"].set_visible(False)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="lower center", ncols=5, frameon=False, fontsize=8)
    figure.subplots_adjust(left=0.07, right=0.99, top=0.97, bottom=0.24, wspace=0.2)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(given.out, format="svg", metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
