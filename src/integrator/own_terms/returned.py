"""A decided workbook -> rows for the project's own words; nothing is taken while anything is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from integrator.errors import InputRefused, Problem
from integrator.own_terms.words import PROPOSALS, headings, meant, shown
from integrator.records import Term
from integrator.taxonomy import Taxonomy, extended, load
from integrator.taxonomy.overlay import IGNORED, OverlayRow, Place
from integrator.taxonomy.overlay_rules import faults
from integrator.taxonomy.validation.concepts import OWN
from integrator.text.fold import fold
from integrator.workbooks import read_book
from integrator.workbooks.lists import Line, Listing, read_list

_COLUMN_OF = {"text": "name", "note": "comment"}
"""Columns of the overlay under another name in the workbook."""
_FIRST_SHOWN = "pref"


@dataclass(frozen=True)
class Returned:
    """What a workbook decided."""

    rows: tuple[OverlayRow, ...]
    """New: names, and terms to ignore."""
    already: int
    """Decisions that the project had taken before, word for word or in another spelling."""
    blank: int
    """Rows without a decision."""
    unread: tuple[Problem, ...] = ()
    """Headings that name no column."""

    def summary(self) -> str:
        """The counts in one line, then a line for each heading that was not read."""
        ignored = sum(row.type == IGNORED for row in self.rows)
        concepts = sum(bool(row.kind) for row in self.rows)
        said = (
            f"{len(self.rows) - ignored} names added ({concepts} new concepts), {ignored} terms ignored, "
            f"{self.already} there already, {self.blank} rows without a decision"
        )
        return "\n".join([said, *map(str, self.unread)])


def read_terms(
    path: Path, terms: Mapping[str, Term], known: Sequence[OverlayRow], taxonomy: Taxonomy, by: str, on: str
) -> Returned:
    """The decisions of a returned workbook, by term id and never by position.

    `terms` are those of the job by id, `known` the rows of the overlay that `taxonomy` was loaded with; `by` and `on`
    say who decided and when. Raises `InputRefused` with every fault, each with its sheet, row and column.
    """
    listing = _listing(path)
    blank = sum(_undecided(line) for line in listing.lines)
    problems: list[Problem] = []
    decided: list[tuple[OverlayRow, Term]] = []
    for line in listing.lines:
        if not _undecided(line):
            try:
                decided.append(_decided(line, terms, by, on))
            except InputRefused as error:
                problems += error.problems
    new, already = _without_known(decided, taxonomy)
    problems += _faults([row for row, _ in new], known, taxonomy)
    if not problems:
        problems += _still_unknown(new, extended([*known, *(row for row, _ in new)]))
    if problems:
        raise InputRefused(problems)
    return Returned(tuple(row for row, _ in new), already, blank, listing.unread)


def _listing(path: Path) -> Listing:
    """The rows of a workbook of terms. Raises `InputRefused` when it is none, or two columns mean the same."""
    book = read_book(path, path.name)
    listing = read_list(book, headings())
    if not listing.is_headed:
        message = "this is no workbook of unknown terms"
        raise InputRefused([Problem(book.file, "", 0, "", "no_terms", "refused", message, "send the one exported")])
    if listing.repeated:
        raise InputRefused(listing.repeated.values())
    return listing


def _place(line: Line) -> Place:
    """Where a line stands; columns are named by letter and heading: `K, Concept`."""
    names = {key: f"{line.cell(key).letters}, {line.headings[at]}" for key, at in line.places.items()}
    of_overlay = {own: names.get(column, column) for own, column in _COLUMN_OF.items()}
    return Place(line.file, line.sheet, line.number, {**names, **of_overlay})


def _undecided(line: Line) -> bool:
    """Nothing typed: language and type are filled in beforehand and say nothing alone."""
    return not any(line.get(column) for column in ("decision", "concept", "name", "kind", "broader"))


def _decided(line: Line, terms: Mapping[str, Term], by: str, on: str) -> tuple[OverlayRow, Term]:
    """The overlay row that a line asks for. Raises `InputRefused` when it asks for nothing that can be."""
    term = terms.get(line.get("term_id"))
    if term is None:
        message = f"the id {line.get('term_id')!r} is no term of this job"
        raise _refused(line, "term_id", "unknown_term", message, "copy it from a fresh export")
    decision = meant("decision", line.get("decision"))
    if not decision:
        said = line.get("decision")
        message = f"unknown decision {said!r}" if said else "a row filled in without a decision"
        raise _refused(line, "decision", "unknown_decision", message, f"choose among {_choices('decision')}")
    if decision == "ignore":
        return OverlayRow("", "", IGNORED, term.text, "", "", by, on, line.get("comment"), _place(line)), term
    new = decision == "new"
    kind = _code(line, "kind") if new else ""
    stated = _code(line, "type") or "alt"
    row = OverlayRow(
        concept=_concept(line, decision, term),
        lang=meant("lang", line.get("lang")) or line.get("lang"),
        type=_FIRST_SHOWN if new else stated,
        text=line.get("name") or term.text,
        kind=kind,
        broader=line.get("broader") if new else "",
        added_by=by,
        added_on=on,
        note=line.get("comment"),
        place=_place(line),
    )
    if new and not kind:
        raise _refused(line, "kind", "kind", "a new concept without its kind", f"choose among {_choices('kind')}")
    return row, term


def _concept(line: Line, decision: str, term: Term) -> str:
    typed = line.get("concept")
    if decision in PROPOSALS:
        proposed = (line.get(decision).split() or [""])[0]
        if not proposed:
            message = "there is no such proposal in this row"
            raise _refused(line, "decision", "no_proposal", message, "name the concept, or ignore the term")
        if typed not in ("", proposed):
            message = f"the row accepts {proposed} and names {typed}"
            raise _refused(line, "concept", "two_concepts", message, "clear one of them")
        return proposed
    if decision == "new":
        return typed or f"{OWN}{term.id}"
    if not typed:
        raise _refused(line, "concept", "concept", "no concept is named", "take an id of the second sheet")
    return typed


def _code(line: Line, column: str) -> str:
    """The code that a cell says. Raises `InputRefused` for an unknown word."""
    said = meant(column, line.get(column))
    if said is None:
        message = f"unknown {column} {line.get(column)!r}"
        raise _refused(line, column, column, message, f"choose among {_choices(column)}")
    return said


def _choices(column: str) -> str:
    return ", ".join(dict.fromkeys([*shown(column, "fr"), *shown(column, "en")]))


def _without_known(
    decided: Sequence[tuple[OverlayRow, Term]], taxonomy: Taxonomy
) -> tuple[list[tuple[OverlayRow, Term]], int]:
    """The decisions that are not in the lexicon yet, each once, and how many are."""
    seen = {("", text) for text in taxonomy.ignored}
    seen |= {(label.concept, fold(label.text)) for label in taxonomy.labels}
    new = []
    for row, term in decided:
        key = (row.concept, fold(row.text))
        if key not in seen:
            seen.add(key)
            new.append((row, term))
    return new, len(decided) - len(new)


def _faults(new: Sequence[OverlayRow], known: Sequence[OverlayRow], taxonomy: Taxonomy) -> list[Problem]:
    """The faults of the rows, and names that differ from another concept's by number or small words alone."""
    found = faults([*known, *new], load())
    told = {(problem.row, problem.code) for problem in found}
    for row in new:
        kind = row.kind or (taxonomy.kind(row.concept) if row.concept in taxonomy.concepts else "")
        others = [c for c in taxonomy.named(row.text) if c != row.concept and taxonomy.kind(c) == kind]
        if others and row.type != IGNORED and (row.place.row, "label_twice") not in told:
            message = f"{row.text!r} already names {', '.join(others)}, of the same kind ({kind})"
            found.append(row.place.fault("text", "label_twice", message, "take that concept, or ignore the term"))
    return found


def _still_unknown(new: Sequence[tuple[OverlayRow, Term]], widened: Taxonomy) -> Iterator[Problem]:
    """Names that would not help: of a kind that the field is not searched for, or that do not stand in the term."""
    for row, term in new:
        if row.type == IGNORED or row.concept in {link.concept for link in widened.find(term.text, term.roles)}:
            continue
        kind = widened.kind(row.concept)
        if kind not in term.roles:
            message = f"{row.concept} is a {kind}, and {term.field} is searched for {', '.join(term.roles)} only"
        else:
            message = f"{term.text!r} would stay unknown: the name {row.text!r} is not found in it"
        action = "take another concept or name, or ignore the term"
        yield row.place.fault("concept", "still_unknown", message, action)


def _refused(line: Line, column: str, code: str, message: str, action: str) -> InputRefused:
    return InputRefused([_place(line).fault(column, code, message, action)])
