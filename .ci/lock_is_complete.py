"""Every dependency of pyproject.toml stands in the lock, in a version it allows."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
locked = dict(
    re.findall(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", Path("requirements.lock").read_text(encoding="utf-8"), re.M)
)
locked = {name.lower().replace("_", "-"): version for name, version in locked.items()}
faults = []
for text in wanted:
    requirement = Requirement(text)
    version = locked.get(requirement.name.lower().replace("_", "-"))
    if version is None or version not in requirement.specifier:
        faults.append(f"{text}: the lock has {version}")
print("\n".join(faults) or f"{len(wanted)} dependencies locked")
sys.exit(bool(faults))
