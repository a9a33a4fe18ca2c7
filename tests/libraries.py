"""A contract for import-linter that lists what each room may import, not what it may not."""

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

_LINES = fields.ListField(subfield=fields.StringField())


class Libraries(Contract):
    """Options `rooms` and `refused`: lines of `room: library library …`.

    A room may import the standard library without what is refused there, and what it or a room
    around it lists. Imports between our own rooms are left to the other contracts.
    """

    type_name = "libraries"

    rooms: list[str] = _LINES  # type: ignore[assignment] # becomes the parsed value
    refused: list[str] = _LINES  # type: ignore[assignment]

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        ours = [name for name in graph.modules if not graph.is_module_squashed(name)]
        broken = [
            (importer, library)
            for importer in sorted(ours)
            for library in sorted(graph.find_modules_directly_imported_by(importer))
            if graph.is_module_squashed(library) and not self.may_import(importer, library)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, library in check.metadata["broken"]:
            output.print_error(f"- {importer} imports {library}, which its room does not list")

    def may_import(self, importer: str, library: str) -> bool:
        top = library.partition(".")[0]
        if top in _told(self.refused, importer):
            return False
        return top in sys.stdlib_module_names or top in _told(self.rooms, importer)


def _told(lines: list[str], importer: str) -> set[str]:
    told: set[str] = set()
    for line in lines:
        room, _, names = line.partition(":")
        if f"{importer}.".startswith(f"{room}."):
            told.update(names.split())
    return told
