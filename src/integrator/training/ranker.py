"""Judgements -> a trained ranker with its card; it is kept to what needs held out say is better than the scorecard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from integrator import __version__, pipeline
from integrator.errors import OutputError, UsageError
from integrator.ranking import TrainedRanker
from integrator.training import grouping, trust
from integrator.training.curve import learning_curve, whole_line
from integrator.training.fitting import FOLDS, RUNGS, Fitted, Highest, fit, held_out_scores
from integrator.training.judged import JudgedPairs, judged_pairs
from integrator.training.measuring import Measured, gain, mean_of, measure, rounded
from integrator.training.peers import lightgbm_report

if TYPE_CHECKING:
    from pathlib import Path

    from integrator.config import Config
    from integrator.ranking.arrays import Numbers

FEWEST_PAIRS = 20
SEEDS = (0, 1, 2)
"""Needs are dealt into folds by each of them; measures are means over them."""
Say = Callable[[str], None]


@dataclass(frozen=True)
class Tried:
    """What a ladder up to some rung is worth on needs held out."""

    highest: Highest
    scores: Numbers
    """Of every pair, with the first seed."""
    measured: Measured
    rungs: tuple[str, ...]
    gain: dict[str, Any]


def check_target(path: Path, force: bool) -> None:
    """Raise `OutputError` before anything is trained when the ranker could not be written there."""
    if path.exists() and not force:
        raise OutputError(f"{path}: exists already: give --force to replace it.")
    if path.is_dir() or not path.parent.is_dir():
        what = "is a folder" if path.is_dir() else "its folder does not exist"
        raise OutputError(f"{path}: {what}: name a file in a folder that exists.")


def train(config: Config, say: Say = lambda _: None) -> TrainedRanker:
    """Train on the judgements of the job and of its store, see `train_run`."""
    say("run")
    return train_run(pipeline.run(config.with_changes({"matching": {"ranker": "scorecard"}})), say)


def train_run(run: pipeline.Run, say: Say = lambda _: None) -> TrainedRanker:
    """Train on the judgements of a run by the scorecard; `say` is told the stage at hand.

    Raises `UsageError` when there are fewer than 20 judged pairs among the candidates or fewer than 5 needs.
    """
    judged = judged_pairs(run)
    pairs = int(judged.is_judged.sum())
    if pairs < FEWEST_PAIRS or len(judged.needs) < FOLDS:
        found = f"{pairs} judged pairs over {len(judged.needs)} needs"
        raise UsageError(f"too few judgements to train ({found}): {FEWEST_PAIRS} pairs and {FOLDS} needs are needed.")
    tried, verdict = proven(judged, say)
    say("fit")
    fitted = _fitted(judged, tried)
    report = _report(judged, tried, say)
    card = {**_data(run, judged), "rung": fitted.ranker.rung_, "why": fitted.ranker.why_, "verdict": verdict, **report}
    return TrainedRanker(
        judged.matrix.features,
        fitted.ladder,
        trust.scale_of(judged, tried.scores),
        trust.showing_of(judged, tried.scores),
        fitted.experience,
        # what each rung measured inside the last fit; flattered, since `judged_alike` knows the grades of other folds
        card | {"ladder": rounded(fitted.ranker.candidates_)},
    )


def _fitted(judged: JudgedPairs, tried: Tried) -> Fitted:
    """The ladder on all judged pairs, no higher than its folds came: nobody measured a rung that no fold reached."""
    reached = max((rung for rung in RUNGS if rung in tried.rungs), key=RUNGS.index)
    fitted = fit(judged, judged.needs.tolist(), tried.highest)
    is_measured = RUNGS.index(fitted.ranker.rung_) <= RUNGS.index(reached)
    return fitted if is_measured else fit(judged, judged.needs.tolist(), reached)


def proven(judged: JudgedPairs, say: Say = lambda _: None) -> tuple[Tried, str]:
    """The highest rung that holds on needs held out, and why.

    Logistic and trees are promoted only when surely better than the scorecard. The blend is too small to do harm and
    needs no proof, but goes when it orders needs worse by more than a standard error.
    """
    card, said = measure(judged, judged.scorecard), []
    for highest in ("trees", "blend"):
        say(f"needs held out, up to {highest}")
        tried = _tried(judged, card, highest)
        mean, low, error = (tried.gain[name] for name in ("mean", "lower_bound", "standard_error"))
        is_proven = low is not None and low > 0
        said.append(
            f"{' and '.join(sorted(set(tried.rungs)))}: {mean:+.4f} NDCG@10 on needs held out, lower bound {low}"
        )
        is_small = set(tried.rungs) <= {"scorecard", "blend"}
        if is_proven or (is_small and (error is None or mean + error >= 0)):
            proof = "surely better than the scorecard" if is_proven else "not proven better than the scorecard"
            return tried, f"{proof} ({'; '.join(said)})"
        if is_small:
            break  # no fold came higher: a ladder up to the blend would be this one again
    return _tried(judged, card, "scorecard"), f"scorecard alone ({'; '.join(said)})"


def _tried(judged: JudgedPairs, card: Measured, highest: Highest) -> Tried:
    found = [held_out_scores(judged, seed, highest) for seed in (SEEDS if highest != "scorecard" else SEEDS[:1])]
    measured = mean_of([measure(judged, scores) for scores, _ in found])
    rungs = tuple(rung for _, reached in found for rung in reached)
    return Tried(highest, found[0][0], measured, rungs, gain(measured, card))


def _data(run: pipeline.Run, judged: JudgedPairs) -> dict[str, Any]:
    """What it was trained on; no name of a judge."""
    days = sorted(one.judged_on for one in run.judgements if one.judged_on)
    return {
        "version": __version__,
        "date": run.config.output.date,
        "judgements": {
            "read": judged.read,
            "used": int(judged.is_judged.sum()),
            "left_out": dict(judged.dropped),
            "needs": len(judged.needs),
            "suppliers": len(set(judged.supplier[judged.is_judged].tolist())),
            "grades": {str(grade): int((judged.grade == grade).sum()) for grade in range(5)},
            "from": days[0] if days else "",
            "to": days[-1] if days else "",
        },
        "inputs": dict(run.files),
        "knowledge": dict(run.knowledge),
    }


def _report(judged: JudgedPairs, tried: Tried, say: Say) -> dict[str, Any]:
    """What was measured, always on needs that the measured ranker has not seen."""
    card, run, needs = measure(judged, judged.scorecard), judged.matrix.run, judged.needs.tolist()
    both = {"scorecard": card, "trained": tried.measured}
    say("learning curve")
    curve = [*learning_curve(judged), whole_line(judged, tried.scores)]
    say("peers")
    peer = lightgbm_report(judged, SEEDS)
    return {
        "held_out": {
            "folds": FOLDS, "seeds": list(SEEDS), "rungs": list(tried.rungs), "scorecard": card.mean(),
            "trained": tried.measured.mean(), "gain": tried.gain,
            "by_language": grouping.table(grouping.by_language(run, needs), both),
            "by_family": grouping.table(grouping.by_family(run, needs), both),
        },
        "curve": curve,
        "lightgbm": peer,
        **trust.trust_report(judged, tried.scores),
    }  # fmt: skip
