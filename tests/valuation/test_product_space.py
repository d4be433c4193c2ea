"""Product space against the worked example, a slow twin and its identities."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from integrator import data
from integrator.valuation.product_space import Numbers, complexity, density, product_space, revealed_advantage

HERE = Path(__file__).parent
COUNTRIES = ["MAR", "TUN", "TUR", "ROU", "ESP", "DEU"]
ECI = [-1.081565, -1.081565, -0.009264, -0.108462, 0.416745, 1.864111]
ABSENT = ["8708", "8703", "8507", "4011", "7007"]


def table(name: str) -> list[dict[str, str]]:
    return list(data.read((HERE / name).read_text(encoding="utf-8").splitlines(keepends=True), name))


TOY = table("exports_toy.csv")
PRODUCTS = list(TOY[0])[1:]
EXPORTS = np.array([[float(row[product]) for product in PRODUCTS] for row in TOY])
WORKED = {
    row["measure"]: np.array([float(row[product]) for product in PRODUCTS]) for row in table("exports_worked.csv")
}


def test_worked_example() -> None:
    space = product_space(EXPORTS)
    for name in ("rca", "specialised", "density", "outlook_gain"):
        assert getattr(space, name)[0] == pytest.approx(WORKED[name], abs=6e-7), name
    assert space.pci == pytest.approx(WORKED["pci"], abs=6e-7)
    assert space.eci == pytest.approx(ECI, abs=6e-7)
    without = space.proximity - np.eye(len(PRODUCTS))
    assert density(space.specialised, without)[0] == pytest.approx(WORKED["density_without_diagonal"], abs=6e-7)


def test_equal_rows_have_one_complexity() -> None:
    space = product_space(EXPORTS)
    assert space.specialised[0].tolist() == space.specialised[1].tolist()
    assert space.eci[0] == pytest.approx(space.eci[1], abs=1e-12)


def test_ease_and_gain_are_two_orders() -> None:
    space = product_space(EXPORTS)
    row = {product: (space.density[0, i], space.outlook_gain[0, i]) for i, product in enumerate(PRODUCTS)}
    ease = sorted(ABSENT, key=lambda product: -row[product][0])
    gain = sorted(ABSENT, key=lambda product: -row[product][1])
    assert ease == ["4011", "7007", "8708", "8507", "8703"]
    assert gain == ["8703", "8708", "8507", "7007", "4011"]  # reversed but for 8708 and 8507, which are close


def slow(exports: Numbers) -> dict[str, list[list[float]]]:
    """RCA, proximity, density and gain by the formulas, cell by cell; complexity on the side of products."""
    total, countries, products = exports.sum(), range(exports.shape[0]), range(exports.shape[1])
    rca = [[exports[c, p] / exports[c].sum() / (exports[:, p].sum() / total) for p in products] for c in countries]
    has = [[1 if rca[c][p] >= 1 else 0 for p in products] for c in countries]
    u = [sum(has[c][p] for c in countries) for p in products]
    k = [sum(row) for row in has]
    phi = [[sum(has[c][p] * has[c][q] for c in countries) / max(u[p], u[q]) for q in products] for p in products]
    dens = [[sum(has[c][q] * phi[p][q] for q in products) / sum(phi[p]) for p in products] for c in countries]
    matrix = [[sum(has[c][p] / u[p] * has[c][q] / k[c] for c in countries) for q in products] for p in products]
    values, vectors = np.linalg.eig(np.array(matrix))
    raw = np.real(vectors[:, np.argsort(-np.real(values))[1]])
    eci = np.array([sum(has[c][p] * raw[p] for p in products) / k[c] for c in countries])
    if np.corrcoef(eci, k)[0, 1] < 0:
        raw, eci = -raw, -eci
    gain = [
        [
            (1 - has[c][p]) * sum((1 - has[c][q]) * phi[q][p] * raw[q] / sum(phi[q]) for q in products) / eci.std()
            for p in products
        ]
        for c in countries
    ]
    standard = [list((raw - eci.mean()) / eci.std()), list((eci - eci.mean()) / eci.std())]
    return {"rca": rca, "proximity": phi, "density": dens, "outlook_gain": gain, "complexity": standard}


def matrices(least: int = 0) -> st.SearchStrategy[Numbers]:
    def of(shape: tuple[int, int]) -> st.SearchStrategy[Numbers]:
        cells = st.lists(st.integers(least, 1000), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])
        return cells.map(lambda found: np.array(found, dtype=float).reshape(shape))

    return st.tuples(st.integers(3, 6), st.integers(3, 6)).flatmap(of)


@settings(max_examples=150, deadline=None)
@given(matrices(1))
def test_the_fast_way_is_the_slow_way(exports: Numbers) -> None:
    space = product_space(exports)
    assume(np.isfinite(space.eci).all())
    assume((space.specialised.sum(axis=1) > 0).all())
    assume((space.specialised.sum(axis=0) > 0).all())
    twin = slow(exports)
    for name in ("rca", "proximity", "density"):
        assert getattr(space, name) == pytest.approx(np.array(twin[name]), rel=1e-9)
    values = np.linalg.eigvals(
        (space.specialised / space.specialised.sum(0)).T @ (space.specialised.T / space.specialised.sum(1)).T
    )
    second = sorted(np.real(values))[::-1]
    assume(second[1] > 1e-4)
    assume(second[1] - second[2] > 1e-4)
    assume(second[0] - second[1] > 1e-4)
    assert space.pci == pytest.approx(twin["complexity"][0], rel=1e-5, abs=1e-5)
    assert space.eci == pytest.approx(twin["complexity"][1], rel=1e-5, abs=1e-5)
    assert space.outlook_gain == pytest.approx(np.array(twin["outlook_gain"]), rel=1e-5, abs=1e-5)


@settings(max_examples=150, deadline=None)
@given(matrices(), st.randoms(use_true_random=False))
def test_identities(exports: Numbers, chance: object) -> None:
    space = product_space(exports)
    known = np.isfinite(space.density)
    assert ((space.density[known] >= 0) & (space.density[known] <= 1 + 1e-12)).all()
    assert np.allclose(space.proximity, space.proximity.T, equal_nan=True)
    assert set(np.diag(space.proximity)[space.specialised.sum(axis=0) > 0]) <= {1.0}
    none = space.specialised.sum(axis=1) == 0
    assert np.isnan(space.density[none]).all()
    assert np.isnan(space.outlook_gain[none]).all()
    assert np.isnan(space.eci[none]).all()
    assert (space.outlook_gain[(space.specialised == 1) & np.isfinite(space.outlook_gain)] == 0).all()
    eci = space.eci[np.isfinite(space.eci)]
    if len(eci):
        assert eci.mean() == pytest.approx(0, abs=1e-9)
        assert eci.std() == pytest.approx(1, rel=1e-9)
    order = list(range(exports.shape[0]))
    chance.shuffle(order)  # type: ignore[attr-defined]
    turned = product_space(exports[order] * 4)
    assert np.allclose(turned.density, space.density[order], equal_nan=True)
    assert np.allclose(turned.rca, space.rca[order], equal_nan=True)


def test_a_country_without_advantage_is_not_placed() -> None:
    # Made-up: the last country exports nothing, and nobody exports the last product.
    exports = np.zeros((7, 8))
    exports[:6, :7] = EXPORTS
    space, toy = product_space(exports), product_space(EXPORTS)
    assert np.isnan(space.rca[6]).all()
    assert np.isnan(space.density[6]).all()
    assert np.isnan(space.density[:, 7]).all()
    assert np.isnan([space.eci[6], space.pci[7]]).all()
    for name in ("density", "outlook_gain"):
        assert getattr(space, name)[:6, :7] == pytest.approx(getattr(toy, name))
    assert space.eci[:6] == pytest.approx(toy.eci)


@pytest.mark.parametrize(
    "has",
    [
        [[1, 0], [0, 1]],  # two groups with nothing in common
        [[1, 1], [1, 1]],  # all alike
        [[1, 1, 0], [0, 1, 1], [1, 0, 1]],  # the second eigenvalue is double
        [[1, 1]],
    ],
)
def test_complexity_that_is_not_defined_is_unknown(has: list[list[float]]) -> None:
    pci, eci, spread = complexity(np.array(has, dtype=float))
    assert np.isnan(pci).all()
    assert np.isnan(eci).all()
    assert np.isnan(spread)


@pytest.mark.parametrize("bad", [[[1.0, -1.0]], [[1.0, np.nan]], [1.0, 2.0]])
def test_what_is_no_matrix_of_exports_is_refused(bad: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="matrix of finite numbers"):
        revealed_advantage(np.array(bad))
