"""What is known of the site: whether it produces, and how old and how sure the news is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from integrator.ranking.arrays import Numbers
    from integrator.ranking.offers import Offers
    from integrator.ranking.pairs import Pairs

CONFIDENCE = {"low": 0.0, "medium": 0.5, "high": 1.0}


def active(pairs: Pairs) -> Numbers:
    """The site is known to produce (1), is announced or being built (0.5), or is closed (0)."""
    return pairs.by_supplier(_active)


def _active(offers: Offers) -> Numbers:
    flags, activity = (offers.suppliers[name].to_numpy(dtype=object) for name in ("active", "activity"))
    coming = (flags == "") & (activity != "") & (activity != "unknown")
    return np.select([flags == "yes", flags == "no", coming], [1.0, 0.0, 0.5], default=np.nan)


def status_age(pairs: Pairs) -> Numbers:
    """Years between the news of the site's status and the latest year known of any site of the run."""
    return pairs.by_supplier(_status_age)


def _status_age(offers: Offers) -> Numbers:
    years = pd.to_numeric(offers.suppliers["status_year"], errors="coerce")
    return _before_latest(np.asarray(years.to_numpy(dtype=float, na_value=np.nan)))


def source_age(pairs: Pairs) -> Numbers:
    """Years between the source of the supplier's row and the latest source of the run."""
    return pairs.by_supplier(_source_age)


def _source_age(offers: Offers) -> Numbers:
    found = offers.suppliers["source_date"].astype(str).str.extract(r"(?<!\d)((?:19|20)\d\d)(?!\d)")[0]
    return _before_latest(pd.to_numeric(found, errors="coerce").to_numpy(dtype=float))


def _before_latest(years: Numbers) -> Numbers:
    latest = np.nanmax(years) if not np.isnan(years).all() else np.nan
    return np.asarray(latest - years)


def confidence(pairs: Pairs) -> Numbers:
    """How sure the facts of the supplier are, by the file: high 1, medium 0.5, low 0."""
    return pairs.by_supplier(_confidence)


def _confidence(offers: Offers) -> Numbers:
    return np.asarray(offers.suppliers["confidence"].map(CONFIDENCE), dtype=float)
