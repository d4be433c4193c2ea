"""Opportunities -> packs: the sheets that concern one actor, buyer or region."""

from integrator.circulation.packs import Pack, only, packs

__all__ = ["Pack", "only", "packs"]
