"""Who has which process of a need, for what price and with what capacity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from integrator.text.fold import fold
from integrator.valuation.figures import Given

if TYPE_CHECKING:
    from integrator.taxonomy import Taxonomy
    from integrator.valuation.stated import Stated

PROPOSED = ("similar", "semantic")
"""Steps of the linking that only propose."""
_PLACED = ("need_id", "line", "concept", "text")
_STATED = re.compile(r"process_(price|capacity)\[(.+)\]")


def asked_processes(needs: pd.DataFrame, requirements: pd.DataFrame, lexicon: Taxonomy) -> dict[str, tuple[str, ...]]:
    """Need id -> its processes as they stand in its cell; a family of another one that is asked is left out.

    Those of the column `processes`, else those in the name of the part, else those that the part implies.
    """
    rows = requirements[(requirements["role"] == "process") & ~requirements["step"].isin(PROPOSED)]
    rows = rows.assign(_last=(rows["implied"] == "yes") * 2 + (rows["field"] != "processes"))
    rows = rows[rows["_last"] == rows.groupby("need_id")["_last"].transform("min")]
    cells = {need_id: fold(text) for need_id, text in zip(needs["need_id"], needs["processes"], strict=True)}
    found: dict[str, list[tuple[int, int, str]]] = {}
    for need_id, line, concept, text in zip(*(rows[name] for name in _PLACED), strict=True):
        found.setdefault(need_id, []).append((line, cells[need_id].find(fold(text)), concept))
    return {
        need_id: _narrowest((concept for _, _, concept in sorted(placed)), lexicon) for need_id, placed in found.items()
    }


def _narrowest(concepts: Iterable[str], lexicon: Taxonomy) -> tuple[str, ...]:
    listed = tuple(dict.fromkeys(concepts))
    wider = {family for one in listed for family in lexicon.ancestors(one)}
    return tuple(one for one in listed if one not in wider)


@dataclass(frozen=True)
class Capable:
    """That a supplier has a process."""

    is_said: bool
    """It says so, or says a narrower one; else it follows from its products, or from a wider process that it says."""
    price: Given | None = None
    capacity: Given | None = None


_SAID, _DEDUCED = Capable(is_said=True), Capable(is_said=False)
_NOTHING: frozenset[str] = frozenset()


class Processes:
    """The processes of the suppliers of a job, as they say them and as analysts state them."""

    def __init__(self, capabilities: pd.DataFrame, stated: Stated, lexicon: Taxonomy) -> None:
        self._lexicon, self._stated = lexicon, stated
        rows = capabilities[(capabilities["role"] == "process") & ~capabilities["step"].isin(PROPOSED)]
        self._said: dict[str, set[str]] = {}
        self._implied: dict[str, set[str]] = {}
        rows = rows[["supplier_id", "concept", "implied"]].drop_duplicates()
        for supplier_id, concept, implied in zip(*(rows[name].to_numpy(object) for name in rows), strict=True):
            (self._implied if implied == "yes" else self._said).setdefault(supplier_id, set()).add(concept)
        self._with_families: dict[str, tuple[frozenset[str], frozenset[str]]] = {}

    def of(self, supplier_id: str, need_id: str, asked: str) -> Capable | None:
        """What a supplier can do of a process that a need asks; None when nothing says that it has it.

        A process is had by who says it or a narrower one, or makes what implies it; who says a wider one ("machining"
        where gear cutting is asked) may have it. A stated price or capacity says it, of the pair before the supplier.
        """
        of_supplier = self._stated.of_suppliers.get(supplier_id)
        of_pair = self._stated.of_pairs.get((need_id, supplier_id))
        if of_supplier or of_pair:
            given = {**self._given(of_supplier or {}, asked), **self._given(of_pair or {}, asked)}
            if given:
                return Capable(is_said=True, price=given.get("price"), capacity=given.get("capacity"))
        said, implied = self._families(supplier_id)
        if asked in said:
            return _SAID
        if asked in implied or not self._said.get(supplier_id, _NOTHING).isdisjoint(self._lexicon.ancestors(asked)):
            return _DEDUCED
        return None

    def _families(self, supplier_id: str) -> tuple[frozenset[str], frozenset[str]]:
        """The processes that a supplier says, and those that follow, each with its wider families."""
        if supplier_id not in self._with_families:
            said, implied = (
                frozenset(family for one in of.get(supplier_id, ()) for family in (one, *self._lexicon.ancestors(one)))
                for of in (self._said, self._implied)
            )
            self._with_families[supplier_id] = said, implied
        return self._with_families[supplier_id]

    def _is_in(self, concept: str, family: str) -> bool:
        return concept == family or family in self._lexicon.ancestors(concept)

    def _given(self, inputs: Mapping[str, Given], asked: str) -> dict[str, Given]:
        found: dict[str, Given] = {}
        for name, given in sorted(inputs.items()):
            match = _STATED.fullmatch(name)
            if match and self._is_in(process_named(match[2], self._lexicon), asked):
                found.setdefault(match[1], given)
        return found


def process_named(text: str, lexicon: Taxonomy) -> str:
    """The process of `process_price[TEXT]`, a concept id or words of the lexicon; else the text itself."""
    if text in lexicon.concepts:
        return text
    return next((link.concept for link in lexicon.find(text, ("process",))), text)
