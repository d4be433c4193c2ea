"""Sizes as people write them, the model of memory, and the block sizes and refusals that follow from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator import budget, data
from integrator.budget import BLOCK_BYTES, LEAST_BLOCK, Counts, block_bytes, bytes_of, peak, size_text
from integrator.errors import UsageError

COUNTS = st.builds(
    Counts,
    st.integers(0, 10**6),
    st.integers(0, 10**7),
    st.integers(0, 10**5),
    st.integers(1, 200),
    st.integers(1, 8),
    st.integers(0, 1000),
)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("1B", 1), ("500MB", 500_000_000), ("2GB", 2 * 10**9), ("2 GB", 2 * 10**9), ("1.5GiB", 3 * 2**29),
        ("64KiB", 65536), ("3MiB", 3 * 2**20), ("10KB", 10_000),
    ],
)  # fmt: skip
def test_sizes(text, size):
    assert bytes_of(text) == size


@pytest.mark.parametrize(
    "text",
    ["2", "2G", "2gb", "GB", "-1GB", "0MB", "1,5GB", "2TB", "2GB ", " 2GB", "2  GB", "1e9B", "²GB", "٢GB", "", "0.0GB"],
)
def test_what_is_no_size_is_one_sentence(text):
    with pytest.raises(ValueError, match="is no size: write a number and one of B, KB, MB, GB, KiB, MiB, GiB"):
        bytes_of(text)


def test_the_table_has_each_term_once_and_none_is_negative():
    rows = data.rows("memory.csv")
    assert [row["term"] for row in rows] == ["run", "cell", "pair", "held", "worker", "block", "sheet"]
    assert all(float(row["bytes"]) >= 0 for row in rows)
    assert {row["term"]: float(row["bytes"]) for row in rows}["run"] > 0


@given(COUNTS, COUNTS)
def test_more_of_anything_takes_no_less(one, other):
    most = Counts(*(max(pair) for pair in zip(vars(one).values(), vars(other).values(), strict=True)))
    for less in (one, other):
        assert peak(most) >= peak(less) or (most.on_disk and not less.on_disk), "but what lies on disk"


@given(COUNTS, st.integers(1, 10**11))
def test_blocks_keep_to_what_is_allowed_or_the_job_is_refused(counts, allowed):
    try:
        size = block_bytes(counts, allowed)
    except UsageError as refusal:
        assert peak(counts, LEAST_BLOCK) > allowed
        proposed = bytes_of(str(refusal).split("--max-memory ")[1].split(",")[0].split(";")[0])
        assert block_bytes(counts, proposed) >= LEAST_BLOCK, "what is proposed is enough"
    else:
        assert LEAST_BLOCK <= size <= BLOCK_BYTES
        assert peak(counts, size) <= allowed + 1
        if size < BLOCK_BYTES:
            assert peak(counts) > allowed, "no block is smaller than it has to be"


def test_nothing_limits_a_run_without_a_limit():
    assert block_bytes(Counts(10**7, 10**8, 10**6, 50), None) == BLOCK_BYTES


def test_a_refusal_says_what_is_needed_what_is_allowed_and_what_to_do(monkeypatch):
    terms = {"run": 5e8, "cell": 1e4, "pair": 0, "held": 0, "worker": 1e8, "block": 1, "sheet": 0}
    rows = [{"term": term, "bytes": str(size)} for term, size in terms.items()]
    monkeypatch.setattr(budget.data, "rows", lambda name: rows)
    with pytest.raises(UsageError) as refused:
        block_bytes(Counts(0, 180_000, 10, 50), 10**9)
    assert str(refused.value) == (
        "this job needs about 2.3 GB of memory, 1.0 GB is allowed: "
        "give --max-memory 2.5GB, or split the suppliers or the needs."
    )
    with pytest.raises(UsageError, match=r"give --max-memory 530MB; a job of any size needs 500 MB"):
        block_bytes(Counts(10, 0, 10, 50), 4 * 10**8)
    with pytest.raises(UsageError, match="ask fewer workers"):
        block_bytes(Counts(0, 180_000, 10, 50, workers=4), 10**9)


def test_sizes_for_people():
    assert [size_text(one) for one in (10**5, 999_000_000, 10**9, 2_340_000_000)] == [
        "1 MB",
        "999 MB",
        "1.0 GB",
        "2.3 GB",
    ]
