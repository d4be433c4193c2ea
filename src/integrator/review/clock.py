"""The day on which a review goes out or comes back: the one thing here that a clock tells."""

from __future__ import annotations

import datetime
import os


def today() -> datetime.date:
    """Today in UTC, or the day of SOURCE_DATE_EPOCH. It is recorded in the store; no run reads the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.datetime.now(datetime.UTC)
    return (datetime.datetime.fromtimestamp(int(epoch), tz=datetime.UTC) if epoch.isdigit() else moment).date()
