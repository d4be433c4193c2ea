"""Local content by the formulas of other countries, to set a firm beside figures that are published there.

None of them is a rate of this country (`rates.py`), and none goes on a sheet: each counts other things over another
denominator. Amounts are of one year and one currency and not negative; shares are 0-1 unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

from integrator.valuation.bounds import less, over, total
from integrator.valuation.corners import corners
from integrator.valuation.figures import Range, exact

NOTHING = exact(0.0)


def iktva(local: Sequence[Range], total_cost: Range, incentives: Range = NOTHING) -> Range | None:
    """Saudi Aramco, guide for 2022/2023: (A + B + C + D + R) / E + I; None when the total cost may be 0.

    `local`: localised goods and services, local pay, training, development of suppliers, local research; `incentives`:
    bonuses as a share. Source: studylib.net/doc/27545588/2022-iktva-guideline. The version of 2015 divided by the
    revenue from the buyer, so older figures are not comparable
    (mckinseyenergyinsights.com/insights/saudi-arabia-localization-expectations-lead-to-creation-of-iktva/).
    """
    share = over(total(local), total_cost)
    return None if share is None else total((share, incentives))


def sats_1286(imported: Range, tender_price: Range) -> Range | None:
    """South Africa, SATS 1286: LC = (1 - x / y) x 100, in percent; None when the price may be 0.

    `imported`: imported content x of the tender price y. Below 0 where more is imported than the price pays. Source:
    studylib.net/doc/18821062, vdocuments.site (SABS).
    """
    if tender_price.low <= 0:
        return None
    return corners(lambda x, y: (1 - x / y) * 100, imported, tender_price)


def pli_auto(ex_factory_price: Range, import_content: Range) -> Range | None:
    """India, PLI-Auto: (adjusted ex-factory price - adjusted import content) / adjusted ex-factory price.

    At least 0.5 is asked, certified by a testing agency. Measured in rupees: a fall of the rupee lowers it without any
    change of sourcing. None when the price may be 0. Source: updates.manupatra.com (para 2.26, 31 August 2023).
    """
    if ex_factory_price.low <= 0:
        return None
    return less(exact(1.0), corners(lambda content, price: content / price, import_content, ex_factory_price))
