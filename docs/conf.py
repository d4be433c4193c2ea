"""Settings of Sphinx, for `make docs`: plain Markdown pages by MyST, and docstrings of the public names."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "src"))

project = html_title = "integrator"
extensions = ["myst_parser", "sphinx.ext.autodoc"]
html_theme = "furo"
exclude_patterns = ["_build", "_pages"]

myst_heading_anchors = 4  # a link to #a-heading works as on a code host

default_role = "code"  # docstrings write `name`
autodoc_member_order = "bysource"
autodoc_typehints = "description"
nitpick_ignore_regex = [("py:.*", r"(?!integrator\.[A-Za-z_]+$).*")]  # types of other packages and of inner modules

os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # two builds give the same pages


def setup(app):  # noqa: D103
    app.connect("source-read", _without_empty_globs)


def _without_empty_globs(_app, name, source):
    """A page that the index names with a star may be missing."""
    if name == "index":
        lines = source[0].splitlines(keepends=True)
        source[0] = "".join(one for one in lines if not one.endswith("*\n") or list(HERE.glob(f"{one.strip()}.md")))
