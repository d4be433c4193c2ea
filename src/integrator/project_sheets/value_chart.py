"""Where the price of the part goes, today and when it is made here: a chart over the cells of the calculator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import theme
from integrator.project_sheets.page import COLUMN_WIDTH, COLUMNS
from integrator.project_sheets.valued.amounts import MARK, unit_text
from integrator.workbooks.charts import place_chart, stacked_chart
from integrator.workbooks.wrapping import pixels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integrator.project_sheets.calculator import Calculated
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.page import Page
    from integrator.wording import Wording

_HEIGHT = 150.0
"""Points."""
_ROWS = 10
_COLOURS = (theme.ACCENT, "#8CC0C5", "#9AA5B1")


def write_value_chart(page: Page, content: SheetContent, calculated: Calculated, words: Wording) -> None:
    """Two bars as high as the gross value (its high end): imported today; kept, perhaps kept, imported when localised.

    Nothing where gross or net is not known. The numbers are formulas, so that the bars follow the yellow cells.
    """
    gross, net = calculated.lines.get("gross"), calculated.lines.get("net")
    if not gross or not net or gross.high is None or net.low is None or net.high is None:
        return
    mark = MARK if net.is_estimated else ""
    head = [words("worth.chart.state"), mark + words("worth.chart.kept"), mark + words("worth.chart.perhaps"),
            words("worth.chart.imported")]  # fmt: skip
    columns: dict[str, Sequence[object]] = {
        head[0]: [words("worth.chart.today"), words("worth.chart.localised")],
        head[1]: [0, calculated.formula("{net.low}", net.low)],
        head[2]: [0, calculated.formula("{net.high}-{net.low}", net.high - net.low)],
        head[3]: [
            calculated.formula("{gross.high}", gross.high),
            calculated.formula("{gross.high}-{net.high}", gross.high - net.high),
        ],
    }
    page.gap(4)
    page.keep(_HEIGHT)
    names, series = page.beside(columns, _COLOURS, "0")
    unit = f"M {unit_text(gross.unit, words)}"
    title = f"{words('worth.chart.value')} ({unit})"
    chart = stacked_chart(page.book, page.sheet, title, names, series, words.millions_format, is_upright=False)
    place_chart(page.sheet, page.row, chart, (pixels(COLUMN_WIDTH, COLUMNS), _HEIGHT * 4 / 3))
    for _ in range(_ROWS):
        page.gap(_HEIGHT / _ROWS)
