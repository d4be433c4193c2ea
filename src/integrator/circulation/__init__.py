"""Opportunities -> packs: the sheets that concern one actor, buyer or region; where each project stands."""

from integrator.circulation.packs import Pack, only, packs
from integrator.circulation.statuses import history_text, set_status, statuses_table, understood

__all__ = ["Pack", "history_text", "only", "packs", "set_status", "statuses_table", "understood"]
