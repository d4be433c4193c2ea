"""What a run worked out, kept for the next one."""

from integrator.cache.answers import Answers
from integrator.cache.entries import Cache, Kind
from integrator.cache.marks import code, mark
from integrator.cache.texts import Arrays, packed, unpacked

__all__ = ["Answers", "Arrays", "Cache", "Kind", "code", "mark", "packed", "unpacked"]
