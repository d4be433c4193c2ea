"""What rests on a proposal orders the list and is told as unknown: it meets or fails nothing and gives no grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from integrator import data

if TYPE_CHECKING:
    import pandas as pd

    from integrator.ranking.arrays import Numbers
    from integrator.ranking.pairs import Pairs


def without_guesses(features: dict[str, Numbers], pairs: Pairs) -> dict[str, Numbers]:
    """The same features, NaN where what the need asks of that kind is known from proposals alone."""
    roles = {row["feature"]: row["role"] for row in data.rows("ranking/criteria.csv")}
    guessed = {str(role): of_needs[pairs.need] for role, of_needs in pairs.guessed.items()}
    return {
        name: np.where(guessed[roles[name]], np.nan, values) if roles.get(name) in guessed else values
        for name, values in features.items()
    }


def guessed_roles(requirements: pd.DataFrame) -> set[str]:
    """The kinds of concepts of which one need's `tables.REQUIREMENTS` hold proposals alone."""
    alone = (requirements["step"] == "similar").groupby(requirements["role"]).all()
    return {str(role) for role in alone.index[alone]}
