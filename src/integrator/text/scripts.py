"""What language a text shows without being understood: by its letters, else by the name of its field."""

from __future__ import annotations

import re

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]")
_NAMED = re.compile(r"_(en|ar)$")


def shown_language(text: str, field: str) -> str:
    """`ar` for Arabic letters, else the language that the field is named after, else "".

    >>> shown_language("حزمة", "component"), shown_language("gasket", "component_en"), shown_language("joint", "x")
    ('ar', 'en', '')
    """
    if _ARABIC.search(text):
        return "ar"
    found = _NAMED.search(field)
    return found[1] if found else ""
