"""Faults of the lexicon, each as one problem an analyst can mend: ids, families, labels, links, tariff codes, files."""

from __future__ import annotations

from integrator import data
from integrator.errors import Problem
from integrator.taxonomy.model import Taxonomy
from integrator.taxonomy.validation.concepts import concept_faults
from integrator.taxonomy.validation.files import file_faults
from integrator.taxonomy.validation.forms import Decisions, form_faults
from integrator.taxonomy.validation.labels import label_faults
from integrator.taxonomy.validation.links import link_faults
from integrator.taxonomy.validation.tariff import Tariff, read_nomenclature, tariff_faults, unknown_codes

__all__ = ["read_nomenclature", "unknown_codes", "validate"]


def validate(taxonomy: Taxonomy, tariff: Tariff | None = None, decisions: Decisions | None = None) -> list[Problem]:
    """Every fault found, sorted; an empty list means the lexicon is sound.

    `tariff` and `decisions` stand for the lines of `taxonomy/hs.csv` and `taxonomy/ambiguous.csv`, which are read when
    they are left out. The files themselves (order, blanks, ids that stand twice) are always the shipped ones.
    """
    codes = data.rows("taxonomy/hs.csv") if tariff is None else tariff
    decided = data.rows("taxonomy/ambiguous.csv") if decisions is None else decisions
    found = [
        *file_faults(),
        *concept_faults(taxonomy),
        *label_faults(taxonomy),
        *link_faults(taxonomy),
        *tariff_faults(taxonomy, codes),
        *form_faults(taxonomy, decided),
    ]
    return sorted(set(found))
