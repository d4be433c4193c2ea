"""Which sheets an .xlsx lists and in which parts they are."""

from __future__ import annotations

from integrator.workbooks.markup import Attributes, by_local_name, local


class Outline:
    """The sheets of `xl/workbook.xml`: name and relation id, in order."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if local(name) == "sheet":
            identity = next((v for key, v in attributes.items() if key.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), identity))


class Relations:
    """The parts that a `.rels` part names, by id; written as paths inside the archive."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if local(name) == "Relationship":
            found = by_local_name(attributes)
            self.targets[found.get("Id", "")] = _inside(found.get("Target", ""))


def _inside(target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return target if target.startswith("xl/") else f"xl/{target}"
