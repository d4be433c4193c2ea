"""Explanations that print themselves: as text, as data, as HTML in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from integrator import explaining
from integrator.api import html
from integrator.wording import RIGHT_TO_LEFT, wording

SHOWN = 0.25
"""Points below this are in the text alone."""


@dataclass(frozen=True, repr=False)
class Explanation(explaining.Explanation):
    """Why one actor has its score and rank for one need; `str()` is what `integrator explain` prints."""

    def as_dict(self) -> dict[str, Any]:
        """What `integrator explain --json` prints."""
        return explaining.explanation_data(self)

    def __str__(self) -> str:
        return explaining.explanation_text(self)

    def __repr__(self) -> str:
        return f"<integrator.Explanation: {self.supplier_id} for {self.need_id}, rank {self.rank}, grade {self.grade}>"

    def _repr_html_(self) -> str:
        words = wording(self.language)
        rows = [
            (one.name, one.state, words.number(one.points, 2), one.need_value, one.supplier_value)
            for one in self.contributions
            if abs(one.points) >= SHOWN or one.state == "failed"
        ]
        said = (("reasons", self.reasons), ("gaps", self.gaps), ("questions", self.questions))
        return html.block(
            str(self).splitlines()[0],
            *(html.listed(words(f"explain.{key}"), texts) for key, texts in said),
            html.table(("criterion", "state", "points", "need", "supplier"), rows),
            html.listed(words("explain.what_if"), [one.text for one in self.counterfactuals]),
            right_to_left=self.language in RIGHT_TO_LEFT,
        )


@dataclass(frozen=True, repr=False)
class ValueExplanation(explaining.ValueExplanation):
    """Where each number of a sheet comes from; `str()` is what `integrator explain --value` prints."""

    def as_dict(self) -> dict[str, Any]:
        """What `integrator explain --value --json` prints."""
        return explaining.value_data(self)

    def __str__(self) -> str:
        return explaining.value_text(self)

    def __repr__(self) -> str:
        return f"<integrator.ValueExplanation: {self.need_id or 'portfolio'}, {len(self.rows)} rows>"

    def _repr_html_(self) -> str:
        lines = str(self).splitlines()
        return html.block(
            lines[0] if lines else "",
            html.text("\n".join(lines[1:])),
            right_to_left=self.language in RIGHT_TO_LEFT,
        )
