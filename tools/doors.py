"""A contract for import-linter: a room is entered by its doors only."""

from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class DoorsContract(Contract):
    """Another room may import only a room's `actions`, `queries`, `events`, `models`.

    Open rooms may be entered anywhere; gatherers (the command line) may also import `commands`; tests may use the
    makers of other rooms.
    """

    # import-linter puts the plain value in the field's place when it reads the contract.
    package = cast("str", fields.StringField())
    doors = cast("list[str]", fields.ListField(subfield=fields.StringField()))
    open_rooms = cast("list[str]", fields.ListField(subfield=fields.StringField()))
    gatherers = cast("list[str]", fields.ListField(subfield=fields.StringField()))

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001 -- the given signature
        """Look at every import between two rooms."""
        broken = [
            (importer, imported)
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if self._breaks_in(importer, imported)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say who entered where, and which doors there are."""
        for importer, imported in check.metadata["broken"]:
            output.print_error(
                f"{importer} imports {imported}: enter by {', '.join(self.doors)} (docs/decisions/0004)."
            )

    def _breaks_in(self, importer: str, imported: str) -> bool:
        home, guest = self._room(importer), self._room(imported)
        if not guest or not home or home == guest or guest in self.open_rooms:
            return False
        entrance = [*imported.split("."), "", ""][2]
        if entrance == "tests" and ".tests" in importer:
            return not imported.endswith(".makers")
        if entrance == "commands" and home in self.gatherers:
            return False
        return entrance not in self.doors

    def _room(self, module: str) -> str:
        parts = module.split(".")
        return parts[1] if parts[0] == self.package and len(parts) > 1 else ""
