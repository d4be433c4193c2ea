"""The page of the shipped ranker says what its card says."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrator.ranking import shipped_ranker

PAGE = (Path(__file__).parents[2] / "docs" / "model-card.md").read_text(encoding="utf-8")


def said(value: float) -> str:
    """A figure as pages write it: four decimals, no zero before the point."""
    return f"{value:.4f}".lstrip("0")


def test_its_data_and_verdict():
    data, found = shipped_ranker().card["judgements"], shipped_ranker().card["held_out"]
    assert f"{data['read']:,} judgements" in PAGE
    assert f"{data['used']:,} of them are candidates" in PAGE
    assert f"+{found['gain']['mean']:.4f} NDCG@10 over the scorecard" in PAGE
    assert f"interval +{found['gain']['lower_bound']:.4f}" in PAGE


@pytest.mark.parametrize("measure", ["ndcg_at_10", "ndcg_at_5", "map", "recall_at_5", "first_fit"])
def test_its_measures(measure):
    found = shipped_ranker().card["held_out"]
    assert f"| {said(found['scorecard'][measure])} | {said(found['trained'][measure])} |" in PAGE
    peer = shipped_ranker().card["lightgbm"]
    assert f"| {said(peer[measure])} | {said(found['trained'][measure])} |" in PAGE
    assert f"lightgbm {peer['version']}" in PAGE


def test_its_curve_its_probability_and_what_to_show():
    card = shipped_ranker().card
    for line in card["curve"]:
        assert f"| {line['pairs']} | {said(line['ndcg_at_10'])} | {line['gain']['mean']:+.4f} |" in PAGE
    found = card["probability"]
    assert f"said {said(found['top_predicted'])}, true {said(found['top_true'])}, gap {said(found['top_gap'])}" in PAGE
    for line in card["showing"]:
        assert f"| {1 - line['alpha']:.0%} | {line['show']} | {said(line['coverage']['mean'])} ±" in PAGE
