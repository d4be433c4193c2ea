"""Names in sentences: ids of suppliers, needs and processes as people call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from integrator import tables
from integrator.valuation.assessing.context import Context
from integrator.valuation.shadow_words import Said, text

_CALLED = ("need_id", "component", "component_en", "buyer", "named_buyer")
SHOWN = 4
"""Names that a sentence lists at most; the rest are counted."""
_SUPPLIERS, _NEEDS, _PROCESSES = ("supplier", "firm", "firms"), ("need", "needs"), ("process",)


class Names:
    """Makes texts of what is said of suppliers, needs and processes, in the language of the job."""

    def __init__(self, context: Context) -> None:
        self._language = context.language
        suppliers = dict(zip(*(context.suppliers[name].tolist() for name in ("supplier_id", "name")), strict=True))
        needs = {
            str(need["need_id"]): _called(need, context.language)
            for need in tables.mappings(context.needs[list(_CALLED)])
        }
        concepts = context.lexicon.concepts
        processes = {
            one: context.lexicon.label(one, context.language) for one in concepts if concepts[one].kind == "process"
        }
        self._of: dict[str, Mapping[str, str]] = {
            **dict.fromkeys(_SUPPLIERS, suppliers),
            **dict.fromkeys(_NEEDS, needs),
            **dict.fromkeys(_PROCESSES, processes),
        }

    def process(self, concept: str) -> str:
        """The name of a process."""
        return self._of["process"].get(concept, concept)

    def text(self, said: Iterable[Said], money: str = "") -> str:
        """One sentence a line."""
        return "\n".join(text(self._named(one), self._language, money=money) for one in said)

    def _named(self, said: Said) -> Said:
        return replace(said, names={place: self._listed(place, ids) for place, ids in said.names.items()})

    def _listed(self, place: str, ids: tuple[str, ...]) -> tuple[str, ...]:
        """The first names, each once, then how many more there are."""
        found = tuple(dict.fromkeys(self._of[place].get(one) or one for one in ids))
        return found if len(found) <= SHOWN else (*found[: SHOWN - 1], f"+{len(found) - SHOWN + 1}")


def _called(need: Mapping[str, object], language: str) -> str:
    name = (str(need["component_en"]) if language == "en" else "") or str(need["component"]) or str(need["need_id"])
    return f"{name} ({need['buyer']})" if need["named_buyer"] == "yes" else name
