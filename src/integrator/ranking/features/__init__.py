"""The features of a pair: one function each, whose docstring is its published explanation.

NaN means unknown: one of the two sides does not say. To add one, write a function in the module of its family, name it
below and add a line to `data/ranking/features.csv`. Only what stands in `data/ranking/scorecard.csv` counts in the
scorecard; the others are there for a trained ranker.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from integrator.ranking.features import (
    breadth, buyers, capacity, certificates, evidence, lines, materials, parts, processes, sites, standing, tariff_codes,
    wording,
)  # fmt: skip
from integrator.ranking.pairs import Numbers, Pairs

Feature = Callable[[Pairs], Numbers]

FEATURES: dict[str, Feature] = {
    function.__name__: function
    for function in (
        parts.part_same, parts.part_near, parts.part_related, parts.part_family, parts.part_system, parts.part_share,
        processes.main_process, processes.process_cover, processes.main_process_said, processes.main_process_implied,
        processes.process_said, processes.process_same, processes.process_best, processes.process_missing,
        processes.process_of_offer, processes.process_works_material,
        materials.material_near, materials.material_said, materials.material_cover,
        certificates.certificates, certificates.certificates_named,
        wording.wording_characters, wording.wording_words, wording.wording_lines,
        lines.line_characters, lines.line_words, lines.line_tokens, lines.name_words_met, lines.offer_words_met,
        tariff_codes.tariff, tariff_codes.tariff_of_parts,
        capacity.capacity_ratio, capacity.headcount,
        standing.active, standing.status_age, standing.source_age, standing.confidence,
        sites.distance, sites.same_region,
        buyers.knows_buyer, buyers.serves_buyers,
        evidence.fields_known, evidence.lines_told, evidence.lines_understood, evidence.words_told,
        breadth.families_made, breadth.processes_said, breadth.specific_offer, breadth.specific_need,
        breadth.vehicle_share, breadth.branch_share, breadth.parts_trade,
    )
}  # fmt: skip
MEANING_FEATURES: dict[str, Feature] = {"wording_meaning": wording.wording_meaning}
"""Features that are there only when matching by meaning is on."""
DECIMALS = 9


def feature_table(pairs: Pairs, *, buyer_experience: bool = True) -> dict[str, Numbers]:
    """Every feature of every pair, by name."""
    wanted = FEATURES | (MEANING_FEATURES if "channel_meaning" in pairs.candidates else {})
    return {name: np.round(function(pairs), DECIMALS) for name, function in wanted.items()}
