"""Opportunities -> packs: the sheets that concern one receiver, at a level of confidentiality; where projects stand."""

from integrator.circulation.listing import write_list
from integrator.circulation.packs import Pack, only, packs
from integrator.circulation.policy import as_level
from integrator.circulation.returned import read_statuses
from integrator.circulation.statuses import history_text, list_text, set_status, statuses_table, understood
from integrator.circulation.withholding import Shown, seen_tables

__all__ = [
    "Pack", "Shown", "as_level", "history_text", "list_text", "only", "packs", "read_statuses", "seen_tables",
    "set_status", "statuses_table", "understood", "write_list",
]  # fmt: skip
