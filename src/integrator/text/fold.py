"""One form for texts that mean the same to a reader: the basis of every comparison.

Case, accents, ligatures, typographic signs, Arabic letter variants, marks and tatweel, invisible
controls and punctuation do not count. The original text is what a person is shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ı": "i",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه",
        "ک": "ك", "ی": "ي", "گ": "ك", "ڭ": "ك", "ݣ": "ك", "ـ": "",
    }
    | {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0) for digit in range(10)}
)  # fmt: skip
_ELISION = re.compile(r"\b(?:d|l|n|s|j|m|t|c|qu|jusqu|lorsqu)['’`´ʼ](?=\w)")
_DOTTED = re.compile(r"(?<=\b[a-z])\.(?=[a-z]\b)")
_BREAK = re.compile(r"[^\w+]+|_+")


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Lower-case words separated by single blanks, without accents, marks or punctuation.

    >>> fold("Œillets  d'ARRÊT (S.A.R.L.)")
    'oeillets arret sarl'
    >>> fold("صَفِيحَـــة") == fold("صفيحه")
    True
    >>> fold("emboutissage/découpage"), fold("PA66-GF30"), fold("C++")
    ('emboutissage decoupage', 'pa66 gf30', 'c++')
    """
    if text.isascii() and text.isprintable():
        if text.isalnum():
            return text.lower()
        return " ".join(_BREAK.sub(" ", _DOTTED.sub("", _ELISION.sub("", text.lower()))).split())
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = _ELISION.sub("", plain)
    decomposed = unicodedata.normalize("NFD", plain.translate(_LETTERS))
    bare = "".join(
        char for char in decomposed if not unicodedata.category(char).startswith(("M", "C")) or char in "\n\t"
    )
    bare = unicodedata.normalize("NFC", bare).translate(_LETTERS)
    bare = _DOTTED.sub("", bare)
    return " ".join(_BREAK.sub(" ", bare).split())


def tokens(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return fold(text).split()
