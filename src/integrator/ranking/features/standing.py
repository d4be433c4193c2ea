"""What is known of the site: whether it produces, and how old and how sure the news is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from integrator.ranking.pairs import Numbers, Pairs

CONFIDENCE = {"low": 0.0, "medium": 0.5, "high": 1.0}


def active(pairs: Pairs) -> Numbers:
    """The site is known to produce (1), is announced or being built (0.5), or is closed (0)."""
    flags, activity = pairs.of_suppliers("active"), pairs.of_suppliers("activity")
    coming = (flags == "") & (activity != "") & (activity != "unknown")
    return np.select([flags == "yes", flags == "no", coming], [1.0, 0.0, 0.5], default=np.nan)


def status_age(pairs: Pairs) -> Numbers:
    """Years between the news of the site's status and the latest year known of any site of the run."""
    years = pd.to_numeric(pairs.suppliers["status_year"], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    latest = np.nanmax(years) if not np.isnan(years).all() else np.nan
    return np.asarray((latest - years)[pairs.supplier])


def source_age(pairs: Pairs) -> Numbers:
    """Years between the source of the supplier's row and the latest source of the run."""
    found = pairs.suppliers["source_date"].astype(str).str.extract(r"(?<!\d)((?:19|20)\d\d)(?!\d)")[0]
    years = pd.to_numeric(found, errors="coerce").to_numpy(dtype=float)
    latest = np.nanmax(years) if not np.isnan(years).all() else np.nan
    return np.asarray((latest - years)[pairs.supplier])


def confidence(pairs: Pairs) -> Numbers:
    """How sure the facts of the supplier are, by the file: high 1, medium 0.5, low 0."""
    return np.asarray(pairs.suppliers["confidence"].map(CONFIDENCE).to_numpy(dtype=float)[pairs.supplier])
