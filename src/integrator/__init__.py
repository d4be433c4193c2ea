"""Find who could make locally what the Moroccan automotive industry imports.

>>> import integrator
>>> run = integrator.run("examples/job.toml", lang="en")    # nothing is written yet
>>> run.needs[["need_id", "component_en"]].head(1).values.tolist()
[['D001', 'stamped battery bracket']]
>>> actors = run.actors("D001", top=3)                      # a pandas table: rank, name, grade, what is met ...
>>> why = run.explain("D001", actors["supplier_id"][0])     # print it, show it in a notebook, or why.as_dict()
>>> why.rank, why.grade
(1, 2)

`run.write("out")` writes the folder that `integrator run` writes. Every command of the command line is a function here
or a method of `Run`: docs/api.md lists them by task, with what will not change between versions.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from integrator.api.agenda import Agenda
    from integrator.api.checked import Checked
    from integrator.api.explained import Explanation, ValueExplanation
    from integrator.api.identities import ProposedIdentities, decide_identity, proposed_identities
    from integrator.api.installed import doctor
    from integrator.api.measuring import Ranker, Report, evaluate, train
    from integrator.api.projects import Statuses, import_statuses, set_status, statuses
    from integrator.api.reviews import ExportedReview, ImportedReview, ReviewStatus, import_review, review_status
    from integrator.api.run import Run
    from integrator.api.running import check, run
    from integrator.api.setup import init
    from integrator.api.terms import ExportedTerms, ImportedTerms, check_terms, import_terms
    from integrator.config import Config
    from integrator.errors import InputRefused, IntegratorError, MissingExtra, OutputError, Problem, UsageError
    from integrator.installation import Report as Installation
    from integrator.tables import VERSION as TABLES_VERSION

__version__ = "0.1.0"
__all__ = [
    "TABLES_VERSION", "Agenda", "Checked", "Config", "Explanation", "ExportedReview", "ExportedTerms",
    "ImportedReview", "ImportedTerms", "InputRefused", "Installation", "IntegratorError", "MissingExtra",
    "OutputError", "Problem", "ProposedIdentities", "Ranker", "Report", "ReviewStatus", "Run", "Statuses",
    "UsageError", "ValueExplanation", "__version__", "check", "check_terms", "decide_identity", "doctor",
    "evaluate", "import_review", "import_statuses", "import_terms", "init", "proposed_identities", "review_status",
    "run", "set_status", "statuses", "train",
]  # fmt: skip

_PLACES = {
    "api.agenda": ("Agenda",),
    "api.checked": ("Checked",),
    "api.explained": ("Explanation", "ValueExplanation"),
    "api.identities": ("ProposedIdentities", "decide_identity", "proposed_identities"),
    "api.installed": ("doctor",),
    "api.measuring": ("Ranker", "Report", "evaluate", "train"),
    "api.projects": ("Statuses", "import_statuses", "set_status", "statuses"),
    "api.reviews": ("ExportedReview", "ImportedReview", "ReviewStatus", "import_review", "review_status"),
    "api.run": ("Run",),
    "api.running": ("check", "run"),
    "api.setup": ("init",),
    "api.terms": ("ExportedTerms", "ImportedTerms", "check_terms", "import_terms"),
    "config": ("Config",),
    "errors": ("InputRefused", "IntegratorError", "MissingExtra", "OutputError", "Problem", "UsageError"),
    "installation": ("Report:Installation",),
    "tables": ("VERSION:TABLES_VERSION",),
}
"""Module -> names that it gives (`its name:our name` where they differ); it is loaded when one of them is asked for."""
_WHERE = {
    name.rpartition(":")[2]: (place, name.partition(":")[0]) for place, names in _PLACES.items() for name in names
}


def __getattr__(name: str) -> Any:
    """A public name, loaded when it is asked for first: `import integrator` loads no pandas."""
    if name not in _WHERE:
        raise AttributeError(f"module 'integrator' has no attribute {name!r}")
    from importlib import import_module

    place, own = _WHERE[name]
    value = getattr(import_module(f"integrator.{place}"), own)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_WHERE})
