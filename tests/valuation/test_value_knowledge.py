"""The small tables of the value part are checked when they are read; the damaged lines are made up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from integrator import data
from integrator.valuation import origin_rules, rates
from integrator.valuation.reading import bom_cells, input_output


@pytest.mark.parametrize(
    ("file", "change", "load", "cache"),
    [
        (rates.FILE, {"rate": "G"}, rates.definitions, rates.definitions),
        (rates.FILE, {"depth": "tier9"}, rates.definitions, rates.definitions),
        (rates.FILE, {}, rates.definitions, rates.definitions),
        (bom_cells.WORDS, {"field": "colour"}, lambda: bom_cells.meaning("flag", "x"), bom_cells._words),
        (bom_cells.WORDS, {"meaning": "maybe"}, lambda: bom_cells.meaning("flag", "x"), bom_cells._words),
        (input_output.WORDS, {"row": "tax"}, input_output._words, input_output._words),
        (origin_rules.ZONES, {"verified": "?"}, origin_rules.agreements, origin_rules.agreements),
        (origin_rules.AGREEMENTS, {"zones": "MARS"}, origin_rules.agreements, origin_rules.agreements),
        (origin_rules.AGREEMENTS, {"rule_set": "new"}, origin_rules.agreements, origin_rules.agreements),
        (origin_rules.AGREEMENTS, {"tolerance": "10"}, origin_rules.agreements, origin_rules.agreements),
        (origin_rules.AGREEMENTS, {"valid_to": "end"}, origin_rules.agreements, origin_rules.agreements),
    ],
)
def test_a_damaged_table_is_named(
    file: str,
    change: dict[str, str],
    load: Callable[[], object],
    cache: Callable[[], object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shipped = data.rows
    row = {**shipped(file)[0], **change}
    monkeypatch.setattr(data, "rows", lambda name: (row,) if name == file else shipped(name))
    cache.cache_clear()  # type: ignore[attr-defined]
    with pytest.raises(data.KnowledgeError, match=file):
        load()
    monkeypatch.undo()
    cache.cache_clear()  # type: ignore[attr-defined]
    load()


def test_definitions_have_words_in_three_languages() -> None:
    for definition in rates.definitions().values():
        assert set(definition.names) == {"fr", "en", "ar"}
        assert all(definition.names.values())
        assert definition.formula
