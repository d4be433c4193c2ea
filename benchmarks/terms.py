"""How well terms that the lexicon does not hold are tied to concepts; seeded, 5-fold over concepts.

Of each concept one name a language is drawn, and all its abbreviations. In turn, the drawn labels of a fifth of the
concepts are taken out of the lexicon and asked for. Two lexicons: `label` lacks the very label (inflections of it may
still stand there), `inflections` lacks every label of the concept with the same words in comparable form. The kind of
the concept is given, as the column of a cell gives it.

Parts of the result:
`step`       share of the terms that a step of the cascade answers; how often its strongest link is the concept, or of
             its line (the concept, a wider or a narrower one). A link whose words are not all of the term is `part`:
             it says what the term names, not what it is.
`nothing`    share without any link: asked of a person as an unknown term.
`proposals`  how often the right concept is proposed first, or among the first five.
`accept`     rules that would accept the first proposal unasked: least likeness and least lead over the second were
             chosen on four folds for a precision of .95 and measured on the fifth.
`slip`       labels that the lexicon holds, with one slip of a letter.
`pairs`      translations of a given table: share that a step answers; of those answered exactly in two languages,
             the share that names one concept. Many of them stand in the lexicon: a ceiling.

Usage: python benchmarks/terms.py [--pairs TABLE.csv] [--no-semantic] [--cache FOLDER] [--results FILE]
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import itertools
import math
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from noisy_names import slip
from results_file import write_results

from integrator.meaning import Meaning
from integrator.records import ConceptLink
from integrator.taxonomy import Label, Taxonomy, load
from integrator.taxonomy.proposing import Proposer, mixed
from integrator.taxonomy.words import words
from integrator.text.fold import fold

SEED = 20261127
FOLDS = 5
LANGUAGES = ("fr", "en", "ar")
WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.5)
PRECISION = 0.95
STEPS = ("exact", "abbreviation", "typo", "part")
FEWEST = 40
"""Accepted terms from which a threshold may be chosen."""
RESULTS = Path(__file__).parent / "results" / "terms.csv"
Row = tuple[str, str, str, str, str, int, float]


@dataclass(frozen=True)
class Asked:
    """A term, the concepts it names, and what was answered."""

    label: Label
    kind: str
    fold: int
    right: frozenset[str]
    link: ConceptLink | None
    """The strongest link to a concept of the kind."""
    step: str
    """Step of the link, `part` when its words are not all of the term, "" without a link."""
    letters: tuple[tuple[str, float], ...]
    """The first six concepts of the kind by letters."""
    meant: dict[float, tuple[tuple[str, float], ...]]
    """The same by meaning, by weight of the letters."""


def drawn(taxonomy: Taxonomy, language: str) -> dict[str, list[Label]]:
    """By concept: one of its names in a language, and its abbreviations."""
    draw = random.Random(f"{SEED} {language}")
    names: dict[str, list[Label]] = defaultdict(list)
    short: dict[str, list[Label]] = defaultdict(list)
    for label in taxonomy.labels:
        if label.lang == language and comparable(taxonomy, label.text):
            (short if label.type == "abbr" else names)[label.concept].append(label)
    chosen = {concept: [draw.choice(names[concept])] for concept in sorted(names)}
    return {concept: chosen.get(concept, []) + short[concept] for concept in sorted({*chosen, *short})}


def comparable(taxonomy: Taxonomy, text: str) -> tuple[str, ...]:
    """The words of a label as the finder compares them."""
    return tuple(word.form for word in words(text) if taxonomy.fillers.get(word.form, "neutral") == "neutral")


def without(taxonomy: Taxonomy, labels: Iterable[Label], lacking: str) -> Taxonomy:
    """The lexicon without some labels of a concept, in every language that spells them alike."""

    def key(label: Label) -> tuple[str, object]:
        return label.concept, fold(label.text) if lacking == "label" else comparable(taxonomy, label.text)

    gone = {key(label) for label in labels}
    return dataclasses.replace(taxonomy, labels=tuple(label for label in taxonomy.labels if key(label) not in gone))


def ask(taxonomy: Taxonomy, language: str, lacking: str, meaning: Meaning | None) -> Iterator[Asked]:
    """Every drawn label of a language, asked of the lexicon that lacks it."""
    chosen = drawn(taxonomy, language)
    order = sorted(taxonomy.concepts)
    random.Random(SEED).shuffle(order)
    fold_of = {concept: number % FOLDS for number, concept in enumerate(order)}
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for label in taxonomy.labels:
        owners[comparable(taxonomy, label.text)].add(label.concept)
    for number in range(FOLDS):
        labels = [label for concept in chosen if fold_of[concept] == number for label in chosen[concept]]
        poorer = without(taxonomy, labels, lacking)
        kinds = [taxonomy.kind(label.concept) for label in labels]
        letters, meant = propositions(poorer, labels, kinds, meaning)
        for row, (label, kind) in enumerate(zip(labels, kinds, strict=True)):
            links = [link for link in poorer.find(label.text, (kind,)) if link.role == kind]
            strongest = max(links, key=lambda link: (link.score, link.concept), default=None)
            right = frozenset(owners[comparable(taxonomy, label.text)])
            by_weight = {weight: found[row] for weight, found in meant.items()}
            how = answered(taxonomy, label.text, strongest)
            yield Asked(label, kind, number, right, strongest, how, letters[row], by_weight)


def answered(taxonomy: Taxonomy, text: str, link: ConceptLink | None) -> str:
    """The step of a link when it takes the whole term, else `part`; "" without a link."""
    if link is None:
        return ""
    whole = comparable(taxonomy, link.text) == comparable(taxonomy, text)
    return link.step if whole and link.step != "contained" else "part"


Ranked = list[tuple[tuple[str, float], ...]]


def propositions(
    taxonomy: Taxonomy, labels: Sequence[Label], kinds: Sequence[str], meaning: Meaning | None
) -> tuple[Ranked, dict[float, Ranked]]:
    """The first six concepts of the right kind of each label, by letters and by meaning."""
    proposer = Proposer(taxonomy)
    texts = [label.text for label in labels]
    of_kind = np.asarray([taxonomy.kind(concept) for concept in proposer.concepts])
    other = of_kind[None, :] != np.asarray(kinds)[:, None]
    letters = proposer.by_letters(texts)
    if meaning is None:
        return best(proposer, letters, other), {}
    meant = proposer.by_meaning(texts, meaning)
    return best(proposer, letters, other), {one: best(proposer, mixed(letters, meant, one), other) for one in WEIGHTS}


def best(proposer: Proposer, likenesses: np.ndarray, other: np.ndarray) -> Ranked:
    """The first six of each row; ties by id."""
    values = np.where(other, -1.0, likenesses)
    order = np.argsort(-values, axis=1, kind="stable")[:, :6]
    return [
        tuple((proposer.concepts[i], float(row[i])) for i in first) for row, first in zip(values, order, strict=True)
    ]


def in_line(taxonomy: Taxonomy, concept: str, right: Iterable[str]) -> bool:
    """Whether it is the concept, or a wider or a narrower one."""
    return any(
        concept == one or concept in taxonomy.ancestors(one) or one in taxonomy.ancestors(concept) for one in right
    )


def summary(taxonomy: Taxonomy, asked: Sequence[Asked], lexicon: str, language: str, labels: str) -> Iterator[Row]:
    """Shares and precisions of the steps and of the proposals over some terms."""
    where = (lexicon, language, labels)
    for name in STEPS:
        of_step = [one for one in asked if one.step == name]
        yield "step", *where, f"{name}: share", len(asked), share(len(of_step), len(asked))
        hits = [one.link.concept in one.right for one in of_step if one.link]
        yield "step", *where, f"{name}: the concept", len(hits), share(sum(hits), len(hits))
        near = [in_line(taxonomy, one.link.concept, one.right) for one in of_step if one.link]
        yield "step", *where, f"{name}: of its line", len(near), share(sum(near), len(near))
    whole = [one.link.concept in one.right for one in asked if one.link and one.step in ("exact", "abbreviation")]
    yield "step", *where, "accepted without repair: share", len(asked), share(len(whole), len(asked))
    yield "step", *where, "accepted without repair: the concept", len(whole), share(sum(whole), len(whole))
    silent = [one for one in asked if one.link is None]
    yield "nothing", *where, "abstained: share", len(asked), share(len(silent), len(asked))
    for among, terms in (("all terms", asked), ("unknown terms", silent)):
        yield from proposals(terms, where, among)


def proposals(terms: Sequence[Asked], where: tuple[str, str, str], among: str) -> Iterator[Row]:
    """How often the right concept is the first proposal, or among the first five."""
    ways = {"letters": [one.letters for one in terms]}
    for weight in WEIGHTS:
        found = [one.meant[weight] for one in terms if one.meant]
        if found:
            ways[f"meaning + {weight} letters"] = found
    for way, ranked in ways.items():
        for first in (1, 5):
            hits = [any(c in one.right for c, _ in listed[:first]) for one, listed in zip(terms, ranked, strict=True)]
            yield "proposals", *where, f"{among}: top-{first}, {way}", len(hits), share(sum(hits), len(hits))


def acceptance(asked: Sequence[Asked], lexicon: str) -> Iterator[Row]:
    """What would come of accepting proposals by a rule whose thresholds were chosen on other folds."""
    unknown = [one for one in asked if one.link is None]
    ways = {"letters": [evidence(one, one.letters) for one in unknown]}
    if unknown and unknown[0].meant:
        ways["meaning"] = [evidence(one, one.meant[0.2]) for one in unknown]
        ways["meaning, letters agree"] = [
            evidence(one, one.meant[0.2]) if one.letters[0][0] == one.meant[0.2][0][0] else (-1.0, -1.0, False)
            for one in unknown
        ]
    folds = np.asarray([one.fold for one in unknown])
    for way, rows in ways.items():
        accepted: list[bool] = []
        for number in range(FOLDS):
            table = np.asarray(rows)
            limits = thresholds(table[folds != number])
            if limits is not None:
                held = table[folds == number]
                accepted += held[(held[:, 0] >= limits[0]) & (held[:, 1] >= limits[1])][:, 2].astype(bool).tolist()
        where = (lexicon, "all", "all")
        yield "accept", *where, f"{way}: share", len(unknown), share(len(accepted), len(unknown))
        yield "accept", *where, f"{way}: the concept", len(accepted), share(sum(accepted), len(accepted))
        yield "accept", *where, f"{way}: lower bound", len(accepted), wilson(sum(accepted), len(accepted))


def evidence(one: Asked, ranked: Sequence[tuple[str, float]]) -> tuple[float, float, bool]:
    """Likeness of the first proposal, its lead over the second, and whether it is right."""
    return ranked[0][1], ranked[0][1] - ranked[1][1], ranked[0][0] in one.right


def thresholds(table: np.ndarray) -> tuple[float, float] | None:
    """The likeness and lead that accept most terms at the precision asked, None when nothing does."""
    found = []
    for least, lead in itertools.product(np.arange(0.3, 1.0, 0.05), np.arange(0.0, 0.45, 0.05)):
        taken = table[(table[:, 0] >= least) & (table[:, 1] >= lead)][:, 2]
        if len(taken) >= FEWEST and taken.mean() >= PRECISION:
            found.append((len(taken), float(least), float(lead)))
    return max(found)[1:] if found else None


def slips(taxonomy: Taxonomy, language: str) -> Iterator[Row]:
    """Names that the lexicon holds, with one slip of a letter in a word of six letters or more."""
    draw = random.Random(f"{SEED} slips {language}")
    answers: dict[str, list[bool]] = defaultdict(list)
    total = 0
    for labels in drawn(taxonomy, language).values():
        label = labels[0]
        spoilt = slip(label.text, draw)
        if label.type == "abbr" or fold(spoilt) == fold(label.text):
            continue
        total += 1
        kind = taxonomy.kind(label.concept)
        links = taxonomy.find(spoilt, (kind,))
        strongest = max(links, key=lambda link: (link.score, link.concept), default=None)
        right = {link.concept for link in taxonomy.find(label.text, (kind,))}
        how = answered(taxonomy, spoilt, strongest)
        answers[how or "nothing"].append(strongest is not None and strongest.concept in right)
    for name, hits in sorted(answers.items()):
        yield "slip", "whole", language, "names", f"{name}: share", total, share(len(hits), total)
        if name != "nothing":
            yield "slip", "whole", language, "names", f"{name}: the concept", len(hits), share(sum(hits), len(hits))


def pairs(taxonomy: Taxonomy, path: Path) -> Iterator[Row]:
    """Translations of a table with the columns fr, en, ar and kind: how each is answered, and whether alike."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    answers: dict[str, list[ConceptLink | None]] = {}
    for language in LANGUAGES:
        links = [taxonomy.find(row[language], (row["kind"],)) for row in rows]
        answers[language] = [max(found, key=lambda link: (link.score, link.concept), default=None) for found in links]
        said = [answered(taxonomy, row[language], link) for row, link in zip(rows, answers[language], strict=True)]
        for name in STEPS:
            count = said.count(name)
            yield "pairs", "whole", language, "given", f"{name}: share", len(rows), share(count, len(rows))
    for one, other in itertools.combinations(LANGUAGES, 2):
        both = [
            (a.concept, b.concept)
            for a, b in zip(answers[one], answers[other], strict=True)
            if a and b and a.step == b.step == "exact"
        ]
        same = sum(a == b for a, b in both)
        yield "pairs", "whole", f"{one}-{other}", "given", "both exact: one concept", len(both), share(same, len(both))


def share(part: int, whole: int) -> float:
    """A share, not a number when there is nothing to share."""
    return part / whole if whole else math.nan


def wilson(hits: int, total: int) -> float:
    """Lower bound of Wilson's 95 % interval of a share (Wilson 1927)."""
    if not total:
        return math.nan
    z, p = 1.96, hits / total
    centre, spread = p + z * z / (2 * total), z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    return (centre - spread) / (1 + z * z / total)


def measure(taxonomy: Taxonomy, meaning: Meaning | None, table: Path | None) -> Iterator[Row]:
    """Every row of the result."""
    for lexicon in ("label", "inflections"):
        every: list[Asked] = []
        for language in LANGUAGES:
            asked = list(ask(taxonomy, language, lexicon, meaning))
            every += asked
            yield from summary(taxonomy, asked, lexicon, language, "all")
        for kind in ("pref", "alt", "abbr"):
            yield from summary(taxonomy, [one for one in every if one.label.type == kind], lexicon, "all", kind)
        yield from summary(taxonomy, every, lexicon, "all", "all")
        yield from acceptance(every, lexicon)
    for language in LANGUAGES:
        yield from slips(taxonomy, language)
    if table:
        yield from pairs(taxonomy, table)


def main() -> None:
    """Measure, print and write the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--pairs", type=Path, help="CSV of translations: fr, en, ar, kind")
    options.add_argument("--no-semantic", action="store_true")
    options.add_argument("--cache", type=Path, help="folder for vectors kept between runs")
    options.add_argument("--results", type=Path, default=RESULTS)
    given = options.parse_args()
    meaning = None if given.no_semantic else Meaning(given.cache)
    taxonomy = load()
    rows = []
    for row in measure(taxonomy, meaning, given.pairs):
        rows.append(row)
        print("  ".join(f"{value:.3f}" if isinstance(value, float) else str(value) for value in row), flush=True)
    if meaning:
        meaning.save()
    model, size = meaning.version if meaning else "no model", f"{len(taxonomy.concepts)} concepts"
    names = ("part", "lexicon", "language", "labels", "measure", "terms", "value")
    table = [dict(zip(names, (*row[:-1], f"{row[-1]:.3f}"), strict=True)) for row in rows if not math.isnan(row[-1])]
    write_results(
        given.results, table, [f"Seed {SEED}, {FOLDS} folds, {size}, {len(taxonomy.labels)} labels; {model}."]
    )


if __name__ == "__main__":
    main()
