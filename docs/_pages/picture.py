"""docs/img/sheet.png: page one of a sheet of the shipped job, as LibreOffice prints it (`make picture`).

Needs `soffice`, `pdftotext`, `pdftoppm` (packages libreoffice-calc, poppler-utils), Pillow, and Calibri or Carlito
(fonts-crosextra-carlito): with letters of other widths the page breaks elsewhere.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

TOP = Path(__file__).parents[2]
TITLE = "Local production: bumper beam"
PIXELS_AN_INCH, COLOURS = 110, 48
PAPER = (0.055, 0.035, 0.945, 0.592)
"""Left, top, right and bottom of what is kept, as shares of the page: the top of the sheet, without margins."""


def main() -> None:
    """Run the job in English, print the workbook, cut the page out."""
    if not {"Calibri", "Carlito"} & set(_call("fc-list", ":", "family").split("\n")):
        sys.exit("Calibri or Carlito is needed: apt-get install fonts-crosextra-carlito")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _call(sys.executable, "-m", "integrator", "run", "--lang", "en", "--out", str(folder / "run"))
        _call(
            "soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", "pdf",
            "--outdir", name, str(folder / "run" / "project_sheets.xlsx"),
        )  # fmt: skip
        pdf = str(folder / "project_sheets.pdf")
        pages = _call("pdftotext", "-layout", pdf, "-").split("\f")
        number = next(
            str(place) for place, text in enumerate(pages, start=1) if TITLE in text and "Three acceptance" in text
        )
        _call(
            "pdftoppm",
            "-r",
            str(PIXELS_AN_INCH),
            "-png",
            "-singlefile",
            "-f",
            number,
            "-l",
            number,
            pdf,
            str(folder / "page"),
        )
        page = Image.open(folder / "page.png").convert("RGB")
        sides = [round(share * page.size[place % 2]) for place, share in enumerate(PAPER)]
        cut = page.crop((sides[0], sides[1], sides[2], sides[3]))
        cut.quantize(COLOURS, dither=Image.Dither.NONE).save(TOP / "docs" / "img" / "sheet.png", optimize=True)


def _call(*command: str) -> str:
    return subprocess.run(command, check=True, cwd=TOP, stdout=subprocess.PIPE, encoding="utf-8").stdout


if __name__ == "__main__":
    main()
