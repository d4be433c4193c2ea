"""Writes `data/names/messy.csv`: the French names of the shipped needs as hurried people type them. Seeded, frozen.

Upper case, lost accents, abbreviations and one slip of a letter, each by chance. The abbreviations were listed before
any look at the lexicon. Usage: python benchmarks/noisy_names.py
"""

from __future__ import annotations

import csv
import random
import re
import unicodedata
from pathlib import Path

from integrator import config, intake

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "data" / "names" / "messy.csv"
SEED = 20261125
ABBREVIATIONS = {
    "électrique": "élec.", "électriques": "élec.", "électronique": "électr.", "aluminium": "alu", "plastique": "plast.",
    "plastiques": "plast.", "système": "syst.", "automobile": "auto", "véhicule": "véh.", "avec": "av.", "pour": "p/",
    "pièces": "pces", "pièce": "pce", "équipement": "équip.", "composants": "compos.", "complet": "compl.",
    "moteur": "mot.", "haute tension": "HT", "batterie": "batt.", "assemblage": "assy", "avant": "AV", "arrière": "AR",
    "climatisation": "clim", "direction": "dir.", "suspension": "susp.", "capteur": "capt.", "faisceau": "fx",
}  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def noisy(name: str, draw: random.Random) -> str:
    """One name, spoilt."""
    if draw.random() < 0.5:
        for word, short in ABBREVIATIONS.items():
            name = re.sub(rf"\b{word}\b", short, name, flags=re.IGNORECASE)
    if draw.random() < 0.5:
        name = slip(name, draw)
    if draw.random() < 0.5:
        name = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return name.upper() if draw.random() < 0.5 else name


def slip(name: str, draw: random.Random) -> str:
    """A letter dropped, doubled, swapped or wrong inside a word of six letters or more."""
    long = list(re.finditer(r"[^\W\d_]{6,}", name))
    if not long:
        return name
    word = draw.choice(long)
    at = draw.randrange(word.start() + 1, word.end() - 1)
    here, after = name[at], name[at + 1]
    spoilt = draw.choice((after, here + here + after, after + here, draw.choice(LETTERS) + after))
    return name[:at] + spoilt + name[at + 2 :]


def main() -> None:
    """Write the file anew; the same seed gives the same bytes."""
    needs = intake.read(config.load(ROOT / "integrator.toml")).records["need"]
    draw = random.Random(SEED)
    names = {need.get("need_id"): need.get("component") for need in needs}
    TARGET.parent.mkdir(exist_ok=True)
    with TARGET.open("w", encoding="utf-8", newline="") as stream:
        stream.write("# The French names of the needs as spoilt by benchmarks/noisy_names.py; frozen test names.\n")
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(["need_id", "component"])
        table.writerows((need, noisy(name, draw)) for need, name in sorted(names.items()))


if __name__ == "__main__":
    main()
