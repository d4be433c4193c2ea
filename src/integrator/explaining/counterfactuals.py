"""What would move an actor up: each change that a supplier could state or make, scored again by the run's scorer."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from integrator.explaining.parts import Counterfactual
from integrator.parts import of_needs
from integrator.ranking.guesses import guessed_roles
from integrator.ranking.pairs import main_processes
from integrator.ranking.reasons import MARKS, presentation
from integrator.ranking.scoring import features_of
from integrator.ranking.what_if import Change, changes, place, raised, rescored

if TYPE_CHECKING:
    import pandas as pd

    from integrator.pipeline import Run


def counterfactuals(run: Run, need_id: str, supplier_id: str) -> tuple[Counterfactual, ...]:
    """The changes that move the pair up at least one place among the suppliers scored for the need, best first.

    Only this pair is scored again; what others might state or change is left as it is.
    """
    of_need = of_needs(run.tables, "candidates", [need_id])
    scores = dict(zip(of_need["supplier_id"].astype(str), of_need["score"].astype(float), strict=True))
    row = int(of_need.index[of_need["supplier_id"] == supplier_id][0])
    features = {name: float(values[row]) for name, values in features_of(of_need).items()}
    offered = _offered(_Pair(run, need_id, supplier_id), features)
    now = place(scores[supplier_id], supplier_id, scores)
    found = []
    again = rescored(run.scorer, features, [new for _, _, new in offered])
    for (change, text, _), score in zip(offered, again.tolist(), strict=True):
        rank = place(score, supplier_id, scores)
        if rank < now:
            gain = round(score - scores[supplier_id], 4)
            found.append(Counterfactual(change.name, text, text.endswith(("?", "؟")), score, gain, rank))
    return tuple(sorted(found, key=lambda one: (one.rank, -one.gain, one.change)))


def _offered(pair: _Pair, features: Mapping[str, float]) -> list[tuple[Change, str, dict[str, float]]]:
    """The changes that can be said of the pair, with their words and the features they raise.

    One that asks for the same as a wider one before it is left out: one process alone is all the processes.
    """
    known = {name: not math.isnan(value) and not pair.is_guess(name) for name, value in features.items()}
    offered: list[tuple[Change, str, dict[str, float]]] = []
    words: list[tuple[str, dict[str, float]]] = []
    for change in changes():
        new = raised(change, features, known, pair.firmness(change.feature))
        need, supplier = pair.asked(change), pair.offers(change.feature)
        template = change.texts[pair.language]
        blank = ("{need}" in template and not need) or ("{supplier}" in template and not supplier)
        if not new or blank or any(need == asked and new.items() <= wider.items() for asked, wider in words):
            continue
        offered.append((change, template.format(need=need, supplier=supplier), new))
        words.append((need, new))
    return offered


class _Pair:
    """What the two sides of a pair say of a feature."""

    def __init__(self, run: Run, need_id: str, supplier_id: str) -> None:
        requirements = run.tables["requirements"]
        self._asked = requirements[requirements["need_id"] == need_id]
        self._guessed = guessed_roles(self._asked)
        needs, suppliers = run.tables["needs"], run.tables["suppliers"]
        self._need = needs[needs["need_id"] == need_id].iloc[0]
        self._supplier = suppliers[suppliers["supplier_id"] == supplier_id].iloc[0]
        self.language = run.config.output.lang

    def is_guess(self, feature: str) -> bool:
        """Whether what the need asks there is known from proposals alone."""
        return self._how(feature).get("role", "") in self._guessed

    def firmness(self, feature: str) -> float:
        """How firmly the need asks for anything of that kind (0-1); 0 where it asks for nothing."""
        links = self._asked[self._asked["role"] == self._how(feature).get("role", "")]
        return 0.0 if links.empty else float(links["score"].max())

    def asked(self, change: Change) -> str:
        """What the change would meet, in the words of the need; "" when it asks for nothing there."""
        how = self._how(change.feature)
        if not change.asked:
            is_sector = how.get("need_field") == "buyer" and self._need["named_buyer"] != "yes"
            return "" if is_sector else self._field(self._need, how.get("need_field", ""))
        links = self._asked[self._asked["role"] == how.get("role", "")]
        links = main_processes(links) if change.asked == "main" else links
        said = links[links["implied"] != "yes"]
        chosen = (links if said.empty else said).sort_values(["line", "label"])
        labels = zip(chosen["label"].astype(str), chosen["step"].astype(str), strict=True)
        return ", ".join(dict.fromkeys(f"{label} {MARKS.get(step, '')}".strip() for label, step in labels))

    def offers(self, feature: str) -> str:
        """What the supplier says in the field that the criterion compares."""
        return self._field(self._supplier, self._how(feature).get("supplier_field", ""))

    @staticmethod
    def _field(row: pd.Series, name: str) -> str:
        return str(row[name]) if name else ""

    @staticmethod
    def _how(feature: str) -> Mapping[str, str]:
        return presentation().get(feature, {})
