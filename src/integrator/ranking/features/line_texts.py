"""What needs are called and what suppliers list as products: folded texts, those of one owner together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from integrator.tables import ABILITY_FIELDS, NEED_NAMES
from integrator.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from integrator.ranking.arrays import Positions
    from integrator.ranking.offers import Offers
    from integrator.ranking.pairs import Pairs


@dataclass(frozen=True)
class Lines:
    """Folded texts of needs or suppliers, those of one owner together, sorted and each once."""

    texts: list[str]
    """Different texts."""
    text: Positions
    """For each line its text."""
    owner: Positions
    """For each line the row of its need or supplier."""
    first: Positions
    """For each row its first line; one number more than rows."""


def need_names(pairs: Pairs) -> Lines:
    """The names of each need, folded, in every language given."""
    return _lines(names_given(pairs.needs))


def product_lines(offers: Offers) -> Lines:
    """The lines of the products of each supplier."""
    cells = offers.suppliers["products"].astype(str).tolist()
    return _lines([cell.replace("\n", ";").split(";") for cell in cells])


def names_given(needs: pd.DataFrame) -> list[tuple[str, ...]]:
    """What each need is called, in the languages of `tables.NEED_NAMES`; "" where one is not given."""
    return list(zip(*(needs[name].astype(str).tolist() for name in NEED_NAMES), strict=True))


def sheet_texts(offers: Offers) -> list[str]:
    """All that each supplier says of what it can do, folded."""
    fields = [offers.suppliers[name].astype(str).tolist() for name in ABILITY_FIELDS]
    return [fold(" ".join(cells)) for cells in zip(*fields, strict=True)]


def _lines(cells: Sequence[Sequence[str]]) -> Lines:
    folded = {text: fold(text) for text in {text for texts in cells for text in texts}}
    own = [sorted({folded[text] for text in texts} - {""}) for texts in cells]
    sizes = np.asarray([len(texts) for texts in own], dtype=np.intp)
    flat = [text for texts in own for text in texts]
    place = {text: i for i, text in enumerate(dict.fromkeys(flat))}
    return Lines(
        list(place),
        np.asarray([place[text] for text in flat], dtype=np.intp),
        np.repeat(np.arange(len(own)), sizes),
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.intp),
    )
