"""What readers see, by language: the texts of `data/wording/`, a file a part of the product."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from integrator import data
from integrator.text.fold import fold

LANGUAGES = ("fr", "en", "ar")
RIGHT_TO_LEFT = ("ar",)


@lru_cache(maxsize=1)
def rows() -> tuple[Mapping[str, str], ...]:
    """Every text with its `key` and a column a language, file by file."""
    return tuple(row for name in data.names("wording") for row in data.rows(name))


def texts(part: str, language: str) -> dict[str, str]:
    """The texts whose keys begin with `part` and a dot, by the rest of the key."""
    head = f"{part}."
    return {row["key"].removeprefix(head): row[language] for row in rows() if row["key"].startswith(head)}


def meant(part: str) -> dict[str, str]:
    """The rest of the key by its text in every language, as written: what a reader of any of them may send back."""
    found = ((row[one], name) for row in rows() if (name := row["key"].removeprefix(f"{part}.")) != row["key"]
             for one in LANGUAGES)  # fmt: skip
    return {text: name for text, name in found if text}


def spoken(part: str) -> dict[str, str]:
    """As `meant`, by folded text; the rests of the keys themselves count too."""
    found = meant(part)
    return {fold(text): name for text, name in found.items()} | {fold(name): name for name in found.values()}


def by_language(row: Mapping[str, str], file: str, head: str = "") -> dict[str, str]:
    """The texts of a line of knowledge by language, in the columns `fr`, `en`, `ar`, each after `head`.

    Raises `KnowledgeError` where a language lacks what another has.
    """
    found = {language: row[f"{head}{language}"] for language in LANGUAGES}
    lacking = [language for language, text in found.items() if not text]
    if lacking and len(lacking) < len(LANGUAGES):
        said = next(text for text in found.values() if text)
        raise data.KnowledgeError(f"{file}: {said!r} has no text in {', '.join(lacking)}")
    return found


class Wording:
    """The texts of one language; an unknown key is a fault of the program."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = {row["key"]: row[language] for row in rows()}

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its values filled in."""
        return self._texts[key].format(**values) if values else self._texts[key]

    def known(self, key: str, otherwise: str = "") -> str:
        """The text of a key made from data, or the fallback when no such key exists."""
        return self._texts.get(key, otherwise)

    def told(self, label: str, text: str) -> str:
        """A label and what is said of it: `emplois : 12` in French, `jobs: 12` in English."""
        return f"{label} : {text}" if self.language == "fr" else f"{label}: {text}"

    def joined(self, parts: Iterable[str]) -> str:
        """Remarks in one line, blank ones left out: parted by ` ; ` in French, `; ` in English, `؛ ` in Arabic."""
        return {"fr": " ; ", "ar": "؛ "}.get(self.language, "; ").join(part for part in parts if part)

    def listed(self, parts: Iterable[str]) -> str:
        """Things in one line: with commas between them, in Arabic with Arabic ones."""
        return ("، " if self.language == "ar" else ", ").join(parts)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number inside a sentence: `1 234,5` in French and Arabic (as Morocco writes), `1,234.5` in English."""
        text = f"{value:,.{decimals}f}"
        if self.language == "en":
            return text
        return text.replace(",", "\u202f").replace(".", ",")

    def number_format(self, value: float, decimals: int | None = None) -> str:
        """The cell format of a number of this size, whatever the reader's settings; one decimal where it has any."""
        decimals = int(not float(value).is_integer()) if decimals is None else decimals
        tail = "." + "0" * decimals if decimals else ""
        if self.language == "en":
            return f"#,##0{tail}"
        groups = (len(str(int(abs(value)))) - 1) // 3
        return "0" + tail if groups == 0 else "#" + r"\ ###" * (groups - 1) + r"\ ##0" + tail

    def live_format(self, mark: str = "") -> str:
        """The cell format of a number that a reader may change to any size; two decimals below 1,000."""
        said = f'"{mark}"' if mark else ""
        if self.language == "en":
            return f"[>=1000]{said}#,##0;{said}0.00"
        return rf"[>=1000000]{said}#\ ###\ ##0;[>=1000]{said}#\ ##0;{said}0.00"

    @property
    def millions_format(self) -> str:
        """The cell format that shows a number in millions with one decimal, in the signs of the reader's program."""
        return "0.0,,"

    @property
    def is_rtl(self) -> bool:
        """Whether the language runs from the right."""
        return self.language in RIGHT_TO_LEFT

    @property
    def percent_format(self) -> str:
        """The cell format of shares."""
        return "0%" if self.language == "en" else r"0\ %"


@lru_cache(maxsize=4)
def wording(language: str) -> Wording:
    """The texts of a language."""
    return Wording(language)
