"""What a worker does, without Spark: any shards of suppliers and any blocks of needs give what one machine gives."""

from __future__ import annotations

import gc
import re
import weakref
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from spark_world import SETTINGS, World, assert_same, tables_of

from integrator import blocks, ranking, valuation
from integrator.ranking import Scorecard
from integrator.spark import Knowledge, artifact, offer_folder, offer_writing, tasks
from integrator.spark.frames import ExchangeError
from integrator.spark.matching import checked, cuts, gathered, sides_of


def matched(job: World, folder: Path, shard: int, partitions: int) -> blocks.Matched:
    """By the functions that tasks run, in this process."""
    told = written(job, folder, shard, partitions)
    count = len(told.asked) // len(tasks.SIDES)
    numbers = pa.RecordBatch.from_pydict({"id": list(range(count))})
    answers = [row for batch in tasks.match_blocks(told, [numbers]) for row in batch.to_pylist()]
    return gathered(folder / tasks.FOUND, checked(answers, count), valuation.deciding)


def written(job: World, folder: Path, shard: int, partitions: int) -> tasks.Job:
    tasks.make_folders(folder)
    mark = offer_writing.write_offer(job.given, job.known, folder / tasks.OFFER, shard)
    asked: dict[str, str] = {}
    for block, (start, end) in enumerate(cuts(len(job.given.needs), partitions)):
        own = sides_of(job.given.needs.iloc[start:end], job.requirements, job.given.facts)
        asked |= tasks.write_block(folder, block, own)
    return tasks.Job(str(folder), mark, asdict(SETTINGS), asked)


@pytest.mark.parametrize(
    ("shard", "partitions"),
    [(3, 12), *(pytest.param(*cut, marks=pytest.mark.nightly) for cut in ((1, 3), (7, 1), (200_000, 5)))],
)
def test_any_cutting_gives_the_same_rows(job, expected, tmp_path, shard, partitions):
    assert_same(matched(job, tmp_path, shard, partitions), expected)


def test_the_scorecard_goes_with_the_offer_too(job, tmp_path):
    known = Knowledge(job.known.taxonomy, job.known.space, Scorecard())
    plain = World(job.given, job.requirements, known)
    assert_same(matched(plain, tmp_path, 4, 2), plain.matched())


def test_one_shard_is_searched_while_the_next_is_read(job, tmp_path, monkeypatch):
    made: list[weakref.ref[object]] = []
    most = []
    load = artifact.load_shard

    def counting(*arguments):
        gc.collect()
        shard = load(*arguments)
        made.append(weakref.ref(shard))
        most.append(sum(one() is not None for one in made))
        return shard

    monkeypatch.setattr(artifact, "load_shard", counting)
    matched(job, tmp_path, shard=2, partitions=2)
    assert len(most) == 10, "five shards for each of two blocks"
    assert max(most) <= 2


def test_of_several_shards_only_the_suppliers_found_are_laid_out(job, tmp_path, monkeypatch):
    laid_out = []
    make = ranking.offers_among

    def noting(suppliers, *others):
        laid_out.append(set(suppliers["supplier_id"]))
        return make(suppliers, *others)

    monkeypatch.setattr(artifact.ranking, "offers_among", noting)
    found = matched(job, tmp_path, shard=2, partitions=12)
    of_needs = tables_of(found)["candidates"].groupby("need_id")["supplier_id"].apply(set)
    assert [own for own in laid_out if own] == list(of_needs)


def test_an_artifact_written_twice_is_the_same(job, tmp_path):
    marks = [written(job, tmp_path / name, 4, 3) for name in ("one", "two")]
    assert marks[0].offer == marks[1].offer
    assert marks[0].asked == marks[1].asked
    files = [
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")}
        for name in ("one", "two")
    ]
    assert files[0] == files[1]
    assert {path.suffix for path in files[0]} == {".parquet", ".npz", ".json"}


@pytest.mark.parametrize(
    ("name", "words"),
    [("suppliers-00000.parquet", "other bytes"), ("manifest.json", "other bytes"), ("statistics.npz", "other bytes")],
)
def test_a_changed_artifact_is_refused(job, tmp_path, name, words):
    told = written(job, tmp_path, 200_000, 1)
    path = tmp_path / tasks.OFFER / name
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(ExchangeError, match=f"{name}: {words}"):
        artifact.read_offer(tmp_path / tasks.OFFER, told.offer)


@pytest.mark.parametrize(("what", "value"), [("FORMAT", "integrator offer 0"), ("LIBRARIES", ("numpy",))])
def test_an_artifact_of_another_version_is_refused(job, tmp_path, monkeypatch, what, value):
    told = written(job, tmp_path, 200_000, 1)
    monkeypatch.setattr(offer_folder, what, value)
    words = r"made by .* this worker has .*give all machines the same environment\.$"
    with pytest.raises(ExchangeError, match=words):
        artifact.read_offer(tmp_path / tasks.OFFER, told.offer)
    (answer,) = next(tasks.match_blocks(told, [pa.RecordBatch.from_pydict({"id": [0]})])).to_pylist()
    assert re.search(words, answer["fault"]), "a worker says it in an answer"


def test_the_words_of_a_project_go_with_the_offer(job, tmp_path):
    from integrator import taxonomy
    from integrator.taxonomy.space import ConceptSpace

    terms = tmp_path / "terms.csv"
    terms.write_text("type,concept,lang,text\nalt,P-STAMP,fr,zinguerie automobile\n", encoding="utf-8")
    lexicon = taxonomy.load(terms)
    known = Knowledge(lexicon, ConceptSpace(lexicon), Scorecard(), terms)
    told = written(World(job.given, job.requirements, known), tmp_path / "work", 3, 1)
    folder = tmp_path / "work" / tasks.OFFER
    assert (folder / "terms.csv").read_bytes() == terms.read_bytes()
    assert artifact.read_offer(folder, told.offer)._taxonomy.find("zinguerie automobile")[0].concept == "P-STAMP"


def test_numbers_that_count_all_suppliers_come_back(job, tmp_path):
    given, known = job.given, job.known
    offers = ranking.offers_of(given.suppliers, given.capabilities, given.facts, given.needs, known.space)
    counted = ranking.counted_of(offers)
    from integrator.spark.counted import read_counted, write_counted

    write_counted(counted, tmp_path)
    found = read_counted(tmp_path)
    assert found.buyers == counted.buyers
    assert all(np.array_equal(found.rarity[role], counted.rarity[role]) for role in counted.rarity)
    assert [vars(found.made[make]).keys() >= {"texts"} for make in counted.made] == [True] * 4
    for make, value in counted.made.items():
        for name, part in vars(found.made[make]).items():
            assert np.array_equal(np.asarray(part, dtype=object), np.asarray(getattr(value, name), dtype=object))
