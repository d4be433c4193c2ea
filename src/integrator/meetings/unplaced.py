"""Why a request got no meeting: the first of these that holds, each a statement that can be checked on the agenda."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from integrator.meetings.agenda import Meeting, Pair, Participant, Rules

REASONS = (
    "own_company", "buyer_absent", "supplier_absent", "no_match", "no_common_slot", "buyer_cap", "supplier_cap",
    "buyer_full", "supplier_full", "slots_taken", "tables_full",
)  # fmt: skip
"""In the order in which they are looked at."""


@dataclass(frozen=True)
class Hall:
    """What an agenda fills: who is where when."""

    rules: Rules
    held: Counter[Participant]
    busy: frozenset[tuple[Participant, int]]
    load: Counter[int]

    @classmethod
    def of(cls, meetings: Collection[Meeting], rules: Rules) -> Hall:
        """The hall of an agenda."""
        seats = [
            (side, name, m.slot) for m in meetings for side, name in (("buyer", m.buyer), ("supplier", m.supplier))
        ]
        return cls(
            rules,
            Counter((side, name) for side, name, _ in seats),
            frozenset(((side, name), slot) for side, name, slot in seats),
            Counter(m.slot for m in meetings),
        )

    def there(self, who: Participant) -> set[int]:
        """Slots in which a participant is available."""
        return {slot for slot in range(self.rules.slots) if (who[1], slot) not in self.rules.unavailable}

    def idle(self, who: Participant) -> set[int]:
        """Slots in which it is available and meets nobody."""
        return {slot for slot in self.there(who) if (who, slot) not in self.busy}

    def cap(self, who: Participant) -> int | None:
        """Most meetings by the rules; None = no limit."""
        general = self.rules.per_buyer if who[0] == "buyer" else self.rules.per_supplier
        limits = [limit for limit in (general, self.rules.caps.get(who)) if limit is not None]
        return min(limits, default=None)


@dataclass(frozen=True)
class Excluded:
    """Pairs and participants that were left out before the agenda was made."""

    own: Collection[Pair] = field(default_factory=frozenset)
    present: Collection[Participant] | None = None
    """Who comes; None = everybody."""


def why(pair: Pair, weights: Mapping[Pair, float], hall: Hall, excluded: Excluded) -> str:
    """The reason of a pair without a meeting, of `REASONS`; "" when nothing stands in its way."""
    buyer, supplier = ("buyer", pair[0]), ("supplier", pair[1])
    before = _left_out(pair, buyer, supplier, weights, excluded)
    if before:
        return before
    together = hall.there(buyer) & hall.there(supplier)
    if not together:
        return "no_common_slot"
    for who in (buyer, supplier):
        cap = hall.cap(who)
        if cap is not None and hall.held[who] >= cap:
            return f"{who[0]}_cap"
    for who in (buyer, supplier):
        if not hall.idle(who):
            return f"{who[0]}_full"
    both = hall.idle(buyer) & hall.idle(supplier)
    if not both:
        return "slots_taken"
    tables = hall.rules.tables
    return "tables_full" if tables is not None and all(hall.load[slot] >= tables for slot in both) else ""


def _left_out(
    pair: Pair, buyer: Participant, supplier: Participant, weights: Mapping[Pair, float], excluded: Excluded
) -> str:
    if pair in excluded.own:
        return "own_company"
    for who in (buyer, supplier):
        if excluded.present is not None and who not in excluded.present:
            return f"{who[0]}_absent"
    return "" if weights.get(pair, 0.0) > 0 else "no_match"
