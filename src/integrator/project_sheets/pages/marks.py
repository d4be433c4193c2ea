"""What a need is filed under in lists: family, region of its first actor, tags, and where its project stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from integrator import places
from integrator.project_sheets.pages.concepts import families, named
from integrator.project_sheets.pages.tags import tags
from integrator.project_sheets.valued.names import names

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.wording import Wording


@dataclass(frozen=True)
class Marks:
    """Texts of one need, "" where unknown. `has_actor`: whether a site of grade 2 or better was found at all."""

    family: str
    region: str
    has_actor: bool
    tags: Mapping[str, tuple[str, ...]]
    status: str
    owner: str
    due: str


def marks(tables: Mapping[str, pd.DataFrame], contents: Sequence[SheetContent], words: Wording) -> dict[str, Marks]:
    """The marks of every need, by its id."""
    links = named(tables["requirements"])
    own = {row["concept"]: row["label"] for row in links}
    family, tagged = families(links), tags(links, (one.need for one in contents), words.language)
    regions = dict(zip(tables["suppliers"]["supplier_id"], tables["suppliers"]["region"], strict=True))
    known = names(words.language)
    found = {}
    for content in contents:
        need_id, actor, status = content.need["need_id"], content.opportunity["actor_1"], content.status or {}
        concept = family.get(need_id, "")
        label = known.concept(concept)
        found[need_id] = Marks(
            family=_capital(own.get(concept, concept) if label == concept else label),
            region=places.region_name(regions.get(actor, ""), words.language),
            has_actor=content.opportunity["outlook"] != "none",
            tags=tagged.get(need_id, {}),
            status=status.get("status", ""),
            owner=status.get("owner", ""),
            due=status.get("due", ""),
        )
    return found


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
