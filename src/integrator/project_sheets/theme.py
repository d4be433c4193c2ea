"""The look of the workbooks: one dark band, one accent, one signal colour, hairlines."""

from __future__ import annotations

from typing import Any

Style = dict[str, Any]

INK, GREY, FAINT = "#1F2A36", "#5F6B78", "#EEF2F5"
DARK, ACCENT, SIGNAL, HAIRLINE = "#17324D", "#1B7F8C", "#D98200", "#C9D2DA"
GRADE_INK = {4: "#146570", 3: "#2F7F82", 2: "#A86A00", 1: "#5F6B78", 0: "#5F6B78"}
GRADE_COLOURS = {4: "#1B7F8C", 3: "#4FA3A5", 2: "#D9A441", 1: "#9AA5B1", 0: "#C9CED4"}

_BASE: Style = {"font_name": "Calibri", "font_size": 9, "font_color": INK, "valign": "top"}


def style(**changes: Any) -> Style:
    """The base look with some changes."""
    return {**_BASE, **changes}


TEXT = style(text_wrap=True)
LABEL = style(text_wrap=True, font_color=GREY)
BOLD = style(text_wrap=True, bold=True)
SMALL = style(text_wrap=True, font_size=8, font_color=GREY, italic=True)
LINK = style(text_wrap=True, font_color=ACCENT, underline=1)
BAND_KIND = style(font_color="#FFFFFF", bg_color=DARK, font_size=9, bold=True, valign="vcenter", indent=1)
BAND_TITLE = style(
    font_color="#FFFFFF", bg_color=DARK, font_size=16, bold=True, valign="vcenter", indent=1, text_wrap=True
)
BAND_SUB = style(font_color="#D5E0EA", bg_color=DARK, font_size=9, valign="vcenter", indent=1, text_wrap=True)
BACK = style(font_color=ACCENT, underline=1, font_size=8, align="right", valign="vcenter")
CARD_LABEL = style(
    font_color=GREY, bg_color=FAINT, font_size=8, left=5, left_color=ACCENT, indent=1, valign="vcenter", text_wrap=True
)
CARD_VALUE = style(
    font_color=ACCENT, bg_color=FAINT, font_size=14, bold=True, left=5, left_color=ACCENT, indent=1,
    valign="vcenter", text_wrap=True,
)  # fmt: skip
CARD_SIGNAL = {**CARD_VALUE, "font_color": SIGNAL}
CARD_UNKNOWN = {**CARD_VALUE, "font_color": GREY}
CARD_NOTE = style(
    font_color=GREY,
    bg_color=FAINT,
    font_size=8,
    left=5,
    left_color=ACCENT,
    indent=1,
    valign="vcenter",
    text_wrap=True,
)
SECTION = style(font_size=11, bold=True, font_color=DARK, bottom=2, bottom_color=ACCENT, valign="vcenter")
HEAD = style(font_color="#FFFFFF", bg_color=DARK, bold=True, text_wrap=True, valign="vcenter")
HEAD_CENTRE = {**HEAD, "align": "center"}
HEAD_RIGHT = {**HEAD, "align": "right"}
ROW = style(text_wrap=True, bottom=4, bottom_color=HAIRLINE)
ROW_INDENTED = {**ROW, "indent": 1, "valign": "vcenter"}
TEST_NAME = {**ROW, "bold": True, "valign": "vcenter"}
LEADER = style(text_wrap=True, top=1, top_color=HAIRLINE, valign="vcenter")
ROW_BOLD_LINE = {**ROW, "bold": True}
ROW_BOLD = style(text_wrap=True, bold=True, top=1, top_color=HAIRLINE)
ROW_TOP = style(text_wrap=True, top=1, top_color=HAIRLINE)
BRIEF = style(text_wrap=True, bg_color=FAINT, bold=True, valign="vcenter")
SUBJECT = style(text_wrap=True, bold=True, font_size=8, top=1, top_color=HAIRLINE)
SOURCE = style(text_wrap=True, italic=True, font_size=8, top=1, top_color=HAIRLINE)
ADDRESS = style(text_wrap=True, font_size=7, font_color=ACCENT, underline=1)
FACT = style(text_wrap=True, font_size=8, bottom=4, bottom_color=HAIRLINE)
FACT_LABEL = {**FACT, "font_color": GREY}
BANNER = style(font_color="#7A4A00", bg_color="#FFF3DC", bold=True, text_wrap=True, valign="vcenter", indent=1)
NOTICE = style(font_color="#FFFFFF", bg_color=SIGNAL, bold=True, text_wrap=True, align="center", valign="vcenter")
FRONT_HEAD = style(font_size=10, bold=True, font_color=DARK, bottom=1, bottom_color=ACCENT, valign="vcenter")
SMALL_LABEL = style(text_wrap=True, font_size=8, font_color=GREY, indent=1)
SMALL_TEXT = style(text_wrap=True, font_size=8)
SMALL_ROW = {**SMALL_TEXT, "bottom": 4, "bottom_color": HAIRLINE}
FRONT_HEAD_SMALL = {**FRONT_HEAD, "font_size": 8, "bold": False, "font_color": GREY, "align": "center"}
SMALL_HEAD = style(text_wrap=True, font_size=8, font_color=GREY, bg_color=FAINT, align="center")
SMALL_COUNT = style(text_wrap=True, font_size=9, bold=True, bg_color=FAINT, align="center")
FILL_CELL = style(bg_color="#FFFBE6", font_size=8, bottom=4, bottom_color=HAIRLINE, align="right", locked=False)
FORMULA_CELL = style(bold=True, font_size=8, bottom=4, bottom_color=HAIRLINE, align="right")
CHIPS = {"met": "#1B7F8C", "failed": "#8C2F2F", "open": "#D9A441", "unknown": "#9AA5B1"}
FILL_IN = style(bg_color="#FFFBE6", bottom=1, bottom_color=HAIRLINE, text_wrap=True, locked=False)


def chip(state: str) -> Style:
    """The chip of a test: met, failed, open or unknown."""
    return style(
        font_color="#FFFFFF", bg_color=CHIPS[state], bold=True, align="center", font_size=8, valign="vcenter",
        text_wrap=True,
    )  # fmt: skip


def grade_style(grade: int) -> Style:
    """The chip of a match grade."""
    return style(
        font_color="#FFFFFF" if grade >= 1 else INK, bg_color=GRADE_COLOURS[grade], bold=True, align="center",
        font_size=8, valign="vcenter", text_wrap=True,
    )  # fmt: skip
