"""Values of a need or an opportunity in the words of the reader."""

from __future__ import annotations

import math
import re

from integrator import places
from integrator.project_sheets.content import SheetContent
from integrator.project_sheets.valuations import Row
from integrator.wording import Wording


def volume(row: Row, need: Row, words: Wording) -> str:
    """`312 381 pièces/an` or a range, with a mark when it is an estimate, or "" when no volume was read."""
    if need.get("annual_volume") == words("level.word"):
        return words("level.word")
    text = _ends(row["volume"], need, words)
    if not text:
        return ""
    unit = words.known(f"unit.{need['volume_unit']}", str(need["volume_unit"]))
    period = words(f"period.{need['volume_period']}")
    mark = "≈ " if need["volume_basis"] == "derived" else ""
    return f"{mark}{text} {unit}{period}"


def _ends(point: float | None, need: Row, words: Wording) -> str:
    """The number, or what is said of its two ends."""
    low, high = (need["volume_low"], need["volume_high"]) if point is None else (point, point)
    shown = [
        "" if end is None else words.number(float(end), 0 if float(end).is_integer() else 1) for end in (low, high)
    ]
    if low is None or high is None:
        key = "volume.at_most" if low is None else "worth.at_least"
        return words(key, low=shown[0], high=shown[1]) if any(shown) else ""
    return shown[0] if low == high else words("worth.between", low=shown[0], high=shown[1])


def volume_kind(need: Row, words: Wording) -> str:
    """What the volume is: a demand, an estimate, a capacity, a target, a total."""
    if need["volume"] is None and need["volume_low"] is None and need["volume_high"] is None:
        return ""
    year = f" ({need['volume_year']})" if need["volume_year"] else ""
    return words(f"basis.{need['volume_basis']}") + year


def value_note(opportunity: Row, words: Wording) -> str:
    """How the value was found, or which inputs are missing."""
    if opportunity["value_status"] != "missing":
        return words(f"value.{opportunity['value_status']}")
    return words("value.missing", inputs=missing_inputs(opportunity, words))


def missing_inputs(opportunity: Row, words: Wording) -> str:
    """The inputs that a valuation lacks."""
    return words.listed(words(f"value.input.{code}") for code in opportunity["value_missing"].split())


def quoted(opportunity: Row, words: Wording) -> str:
    """An amount of the source that is no yearly value, with what it is."""
    kind, _, text = opportunity["value_basis"].partition(": ")
    if opportunity["value_status"] != "missing" or not text:
        return ""
    return f"{words.known(f'value.amount.{kind}', kind)} : {text}"


def grade(value: int | None, words: Wording) -> str:
    """A grade in words."""
    return words("grade.none") if value is None else words(f"grade.{value}")


def component(need: Row, words: Wording) -> str:
    """The name of the part in the reader's language where it was received, else as received."""
    return str(need.get(f"component_{words.language}") or need["component"])


def buyer(need: Row, words: Wording) -> str:
    """The buyer, or that none is known."""
    return str(need["buyer"]) if need["named_buyer"] == "yes" else words("need.buyer.sector")


def origin(need: Row, words: Wording) -> str:
    """The countries that the part comes from, as received; what was said where no country was."""
    said = str(need["imported_from"])
    if need["import_country"]:
        return said
    return words("front.origin_said", text=said) if said else words("sheet.card.unknown")


def place(supplier: Row, words: Wording) -> str:
    """City, zone and region, without repeating one in the other."""
    parts: list[str] = []
    for name in ("city", "zone", "region"):
        text = str(supplier[name])
        if text and not any(text in part for part in parts):
            parts.append(places.region_name(text, words.language) if name == "region" else text)
    return words.listed(parts)


def is_known(value: float | None) -> bool:
    """Whether a number of a table is known."""
    return value is not None and not math.isnan(value)


def family(content: SheetContent, words: Wording) -> str:
    """What the part was recognized as, if anything."""
    return words("sheet.family", family=words.listed(content.family[:3])) if content.family else ""


def short(text: object, longest: int) -> str:
    """A text for a headline; the whole text stands in the section of the need."""
    plain = re.sub(r"[ \t\r\n]+", " ", str(text)).strip()
    return plain if len(plain) <= longest else plain[: longest - 2].rstrip() + " …"
