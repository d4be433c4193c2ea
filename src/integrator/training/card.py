"""The card of a ranker in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from integrator.ranking import TrainedRanker

LABELS = {
    "ndcg_at_10": "NDCG@10", "ndcg_at_5": "NDCG@5", "map": "MAP", "recall_at_5": "recall@5", "first_fit": "first fit",
}  # fmt: skip


def card_text(ranker: TrainedRanker) -> str:
    """Some twenty lines for a terminal; everything stands in the card itself, in the file."""
    card = ranker.card
    return "\n".join([*_data(card["judgements"]), *_held_out(card), *_curve(card["curve"]), *_trust(ranker)])


def _data(data: Mapping[str, Any]) -> Iterable[str]:
    left_out = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in data["left_out"].items() if count)
    yield f"judgements  {data['read']} = {data['used']} used + {left_out or 'none left out'}"
    yield f"            {data['needs']} needs, {data['suppliers']} suppliers"


def _held_out(card: Mapping[str, Any]) -> Iterable[str]:
    found = card["held_out"]
    yield f"rung        {card['rung']}"
    yield f"verdict     {card['verdict']}"
    yield f"{'needs held out':16}" + "".join(f"{label:>11}" for label in LABELS.values())
    rows = [("scorecard", found["scorecard"]), ("trained", found["trained"])]
    for name, means in [*rows, *([("lightgbm", card["lightgbm"])] if card["lightgbm"] else [])]:
        yield f"  {name:14}" + "".join(f"{_number(means[one]):>11}" for one in LABELS)


def _curve(lines: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    points = [f"{line['pairs']} pairs {_number(line['gain']['mean'], sign=True)}" for line in lines]
    yield "gain by number of judged pairs: " + ", ".join(points)


def _trust(ranker: TrainedRanker) -> Iterable[str]:
    found = ranker.card["probability"]
    if found:
        yield (
            f"probability of grade 2 or more: first actors said {_number(found['top_predicted'])}, "
            f"are {_number(found['top_true'])}; expected calibration error {_number(found['ece'])}"
        )
    if ranker.showing is not None:
        yield f"how many actors to show: {ranker.showing.why}"


def _number(value: float | None, *, sign: bool = False) -> str:
    return "-" if value is None else f"{value:+.4f}" if sign else f"{value:.4f}"
