"""The single things that travel between layers: frozen, typed, without pandas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from integrator.errors import Problem

EntityKind = Literal["supplier", "need", "judgement", "bom", "value"]
"""Kinds of inputs that are read row by row into records."""
InputKind = EntityKind | Literal["trade", "input_output"]
State = Literal["met", "failed", "unknown"]
Level = Literal["public", "members", "restricted"]
"""Who may see something: everyone, those who take part, nobody outside; each sees what those before it see."""
LEVELS: tuple[Level, ...] = ("public", "members", "restricted")
Role = Literal["component", "process", "material", "certification"]


class CellRef(NamedTuple):
    """The address of a fact in a user's file; in order of file, sheet, row, column."""

    file: str
    """Path as given, relative to the job where possible, with forward slashes."""
    sheet: str
    """Sheet name; empty for a CSV."""
    row: int
    """1-based row as the analyst sees it."""
    column: int = 0
    """1-based column; 0 for the whole row."""

    @property
    def letters(self) -> str:
        """The column as a spreadsheet names it, such as `C`; "" for the whole row."""
        letters, rest = "", self.column
        while rest:
            rest, digit = divmod(rest - 1, 26)
            letters = chr(65 + digit) + letters
        return letters

    @property
    def cell(self) -> str:
        """Spreadsheet address such as `C12`, or `12` for a whole row."""
        return f"{self.letters}{self.row}"

    def __str__(self) -> str:
        middle = f" [{self.sheet}]" if self.sheet else ""
        return f"{self.file}{middle} {self.cell}"


@dataclass(frozen=True)
class Record:
    """One supplier, need or judgement as received: raw text by canonical field, with its cells.

    Nothing is interpreted here: `values` holds the text of the cell (numbers written plainly,
    dates as ISO), blanks are absent keys.
    """

    kind: EntityKind
    ref: CellRef
    values: Mapping[str, str]
    cells: Mapping[str, CellRef]
    extras: Mapping[str, str] = field(default_factory=dict)
    """Text under headings that map to no canonical field, by original heading."""
    units: Mapping[str, str] = field(default_factory=dict)
    """Unit or year that the heading of a field says in brackets, by field: "CA (MMAD)"."""
    decimals: Mapping[str, Literal["", ",", "."]] = field(default_factory=dict)
    """Decimal sign of a figure that could be read in two ways, by field, where its column or its cell tells it."""
    continues: int = 0
    """Row of the supplier that this row goes on with, under its merged id or name; 0 = a row of its own."""

    def get(self, name: str) -> str:
        """The text of a field, or the empty string when the cell is blank or the column absent."""
        return self.values.get(name, "")


@dataclass(frozen=True, order=True)
class SheetCount:
    """Row accounting of one sheet: rows == used + set_aside, always."""

    file: str
    sheet: str
    """"" = all sheets that are read, of a trade file."""
    kind: InputKind
    header_row: int
    """0 = not one for all its sheets."""
    rows: int
    """Lines below the header up to the last one with a value."""
    used: int
    """Lines that gave at least one record."""
    set_aside: int
    """Lines that gave none; each has a problem of severity `set_aside` or `note` with its reason."""
    records: int
    """Records made (a wide line can give several)."""


@dataclass(frozen=True, order=True)
class ColumnMapping:
    """What a person confirmed of one heading of one layout."""

    kind: EntityKind
    layout: str
    """A short name of the set of headings of the sheet."""
    heading: str
    field: str
    """Canonical field; "" = this column is not to be read."""


@dataclass(frozen=True)
class ReadResult:
    """Everything that reading gave: records, what was wrong, and the row accounting."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    counts: tuple[SheetCount, ...]
    mapped: tuple[ColumnMapping, ...] = ()
    """Headings that were read as a person confirmed."""
    unchanged: tuple[str, ...] = ()
    """Files that an earlier run had read already, taken from the cache."""


@dataclass(frozen=True)
class Quantity:
    """A figure as it was said: a range (low == high when exact), its unit and its qualifiers."""

    low: float | None
    """None: open below ("< 500")."""
    high: float | None
    """None: open above ("> 500")."""
    unit: str = ""
    """Canonical unit of the project lists (`part`, `t`, `vehicle`, `person`, an ISO 4217 code) or the noun as typed."""
    period: str = ""
    """`hour`, `shift`, `day`, `week`, `month`, `quarter`, `half_year`, `year`, or "" when not said."""
    basis: str = ""
    """What kind of figure it is: codes of `data/reading/quantity_words.csv`, sorted, e.g. `group planned`."""
    year: int | None = None
    """The year it was said of."""
    approximate: bool = False
    multiplied: bool = False
    """A multiplier was said (million, k, M): a bare second figure beside it may share it."""
    raw: str = ""
    """The cell as received."""


@dataclass(frozen=True, order=True)
class ConceptLink:
    """A piece of text tied to a concept of the taxonomy."""

    concept: str
    role: Role
    step: str
    """How it was found: `exact`, `abbreviation`, `contained`, `typo` (see `data/linking/steps.csv`), or `implied`."""
    score: float
    """1.0 for an exact label; lower for the weaker steps."""
    text: str
    """The words that matched, as received."""
    implied: bool = False
    """True when the concept was not said but follows from another one (a part implies its processes)."""
    languages: tuple[str, ...] = ()
    """Languages of the labels that the words are, sorted: several where the languages share the word."""
    own: bool = False
    """True when only a word of the project, none of the shipped lexicon, names the concept so."""


@dataclass(frozen=True)
class Term:
    """What lines of one field say, however they spell it."""

    id: str
    text: str
    """One spelling, as received."""
    field: str
    """Side and field: `supplier.products`."""
    roles: tuple[Role, ...]
    """The kinds of concepts that the field is searched for."""


@dataclass(frozen=True)
class Reason:
    """One criterion of one pair: what was asked, what is offered, and where each was read."""

    need_id: str
    supplier_id: str
    criterion: str
    state: State
    points: float
    """Contribution to the score; the points of a pair sum to its score."""
    need_value: str
    supplier_value: str
    need_cell: str
    supplier_cell: str


@dataclass(frozen=True)
class Judgement:
    """A person's grade of one pair. `grade` is None for "unsure".

    How it came in (`run`, `imported_on`) is no part of what was said: two that differ in nothing else are equal.
    """

    need_id: str
    supplier_id: str
    grade: int | None
    reason: str
    missing: str
    judged_by: str
    judged_on: str
    """ISO date, or "" when the judge gave none."""
    decision: str = ""
    """yes, no, unsure, or "" when only a grade was given."""
    run: str = field(default="", compare=False)
    """Mark of the run whose review workbook asked, "" for a judgement of a file."""
    imported_on: str = field(default="", compare=False)
    """ISO date on which the review came back."""

    @property
    def day(self) -> str:
        """When it was given, as far as known: a review without a date was given when it came back."""
        return self.judged_on or self.imported_on


@dataclass(frozen=True)
class AskedPair:
    """A pair that a review workbook asked about."""

    need_id: str
    supplier_id: str
    run: str
    """Mark of the run, as the workbook bears it."""
    reviewer: str
    """Whom the workbook was made for, "" for anyone."""
    asked_on: str
    """ISO date."""


@dataclass(frozen=True)
class ProjectStatus:
    """What was said of where a project stands."""

    sheet_id: str
    status: str
    """A code of data/project_statuses.csv."""
    reason: str
    stated_on: str
    """ISO date, or "" when the job gives none."""
    owner: str = ""
    """Who does the next step."""
    due: str = ""
    """ISO date by which it is done."""
    stated_by: str = ""


@dataclass(frozen=True)
class IdentityDecision:
    """What a person decided of two supplier rows."""

    supplier_id: str
    other_id: str
    verdict: Literal["same", "different"]
    decided_by: str
    decided_on: str
    """ISO date, or "" when none was given."""
    reason: str
