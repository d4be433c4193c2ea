"""Which products lie near to what a country exports already, and what they would open: plain numpy.

X[c, p] exports of country c in product p; k, u: rows and columns of M summed (diversity, ubiquity).
RCA = (X / sum_p X) / (sum_c X / sum X); M = 1 where RCA >= 1, else 0.
Proximity phi[p, q] = (M'M)[p, q] / max(u_p, u_q). Density[c, p] = sum_q M[c, q] phi[p, q] / sum_q phi[p, q].
PCI: second eigenvector of (M/u)'(M/k); ECI: mean PCI of a country's products; both standardised by mean and population
standard deviation of ECI, signed so that ECI grows with diversity.
COG[c, p] = (1 - M[c, p]) sum_q (1 - M[c, q]) phi[q, p] PCI_q / sum_r phi[q, r], PCI not centred, over std(ECI).
Conventions are those of PyPI `ecomplexity` 0.5.3 and fixed here: phi[p, p] = 1 (other packages set it to 0) and
eigenvectors (others iterate).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
_EQUAL = 1e-9
"""Eigenvalues nearer than this are one: then no single second eigenvector exists."""


@dataclass(frozen=True)
class Space:
    """The measures of a matrix of exports; countries in rows, products in columns, NaN where undefined."""

    rca: Numbers
    specialised: Numbers
    """M: 1.0 where RCA >= 1, else 0.0."""
    proximity: Numbers
    """Product by product; 1 on the diagonal of products that some country has, NaN for the others."""
    density: Numbers
    """NaN for a country without any RCA >= 1 and for a product that none has."""
    pci: Numbers
    eci: Numbers
    outlook_gain: Numbers
    """COG; 0 for what the country has already."""


def product_space(exports: Numbers) -> Space:
    """All measures of a matrix of exports (not negative, finite). Raises ValueError for another."""
    rca = revealed_advantage(exports)
    has = np.where(np.nan_to_num(rca) >= 1, 1.0, 0.0)
    phi = proximity(has)
    pci, eci, spread = complexity(has)
    return Space(rca, has, phi, density(has, phi), (pci - _mean(eci)) / spread, (eci - _mean(eci)) / spread,
                 outlook_gain(has, phi, pci) / spread)  # fmt: skip


def revealed_advantage(exports: Numbers) -> Numbers:
    """RCA after Balassa; NaN for a country or product without any exports."""
    if exports.ndim != 2 or not np.isfinite(exports).all() or (exports < 0).any():
        raise ValueError("exports must be a matrix of finite numbers that are not negative")
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = exports / exports.sum(axis=1, keepdims=True)
        rca: Numbers = shares / (exports.sum(axis=0) / exports.sum())
    return rca


def proximity(has: Numbers) -> Numbers:
    """Share of the countries with one product that have the other too, the smaller of both ways round."""
    ubiquity = has.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        phi: Numbers = (has.T @ has) / np.maximum.outer(ubiquity, ubiquity)
    phi[ubiquity == 0, :] = phi[:, ubiquity == 0] = np.nan
    return phi


def density(has: Numbers, phi: Numbers) -> Numbers:
    """Share of what lies near to a product that the country has."""
    near = np.nan_to_num(phi)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Numbers = (has @ near) / near.sum(axis=1)
    found[has.sum(axis=1) == 0] = np.nan
    return found


def complexity(has: Numbers) -> tuple[Numbers, Numbers, float]:
    """PCI and ECI, not centred, and the population standard deviation of ECI.

    Solved on the side of countries, which are fewer: kc, an eigenvector of (M/k)(M/u)', gives PCI = (M/u)' kc. All NaN
    where the second eigenvalue is not single or is 0, where countries fall apart into groups with nothing in common,
    and where ECI does not go with diversity at all, so that its sign would be chance.
    """
    rows, columns = has.sum(axis=1) > 0, has.sum(axis=0) > 0
    pci, eci = np.full(has.shape[1], np.nan), np.full(has.shape[0], np.nan)
    inner = has[np.ix_(rows, columns)]
    if min(inner.shape) < 2:
        return pci, eci, np.nan
    diversity, ubiquity = inner.sum(axis=1), inner.sum(axis=0)
    root = np.sqrt(diversity)
    values, vectors = np.linalg.eigh((inner / ubiquity) @ inner.T / np.outer(root, root))
    if (np.diff(values[-3:]) < _EQUAL).any() or values[-2] < _EQUAL:
        return pci, eci, np.nan
    found = (inner / ubiquity).T @ (vectors[:, -2] / root)
    mean = inner @ found / diversity
    agreement = np.dot(mean - mean.mean(), diversity - diversity.mean())
    if abs(agreement) < _EQUAL * np.linalg.norm(mean) * np.linalg.norm(diversity):
        return pci, eci, np.nan
    pci[columns], eci[rows] = np.sign(agreement) * found, np.sign(agreement) * mean
    return pci, eci, float(mean.std())


def outlook_gain(has: Numbers, phi: Numbers, pci: Numbers) -> Numbers:
    """What a product would bring nearer of the complex products that the country lacks; not yet over std(ECI)."""
    near = np.nan_to_num(phi)
    with np.errstate(invalid="ignore", divide="ignore"):
        weights = np.nan_to_num(near / near.sum(axis=1, keepdims=True)) * np.nan_to_num(pci)[:, None]
    gain = (1 - has) * ((1 - has) @ weights)
    gain[has.sum(axis=1) == 0] = np.nan
    gain[:, has.sum(axis=0) == 0] = np.nan
    return gain if np.isfinite(pci).any() else np.full_like(gain, np.nan)


def _mean(eci: Numbers) -> float:
    known = eci[np.isfinite(eci)]
    return float(known.mean()) if len(known) else np.nan
