"""Names of the arrays that ranking works with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Positions = NDArray[np.intp]
"""Places in a table, a matrix or a list of texts."""
