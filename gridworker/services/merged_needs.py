"""Needs that were merged (并入): what was said of either is known of the one that goes on."""

from collections.abc import Iterator

from gridworker.domain.ids import Id
from gridworker.services.workspace import Workspace
from gridworker.store import queries


def with_merged(workspace: Workspace, need: Id) -> Iterator[Id]:
    """A need, and every one that was merged into it, directly or by way of another."""
    seen = {need}
    fresh = [need]
    while fresh:
        yield from fresh
        marks = ",".join("?" * len(fresh))
        found = queries.ids_where(workspace.connection, "need", f"merged_into in ({marks})", fresh)
        fresh = [one for one in found if one not in seen]
        seen.update(fresh)


def meant(workspace: Workspace, need: Id) -> list[Id | str]:
    """What records may refer to it by: the ids of these needs, and the numbers sheets of others write."""
    rows = queries.by_ids(workspace.connection, "need", with_merged(workspace, need), ("number",))
    return [*rows, *(number for row in rows.values() if isinstance(number := row.plain("number"), str))]


def going_on(workspace: Workspace, need: Id) -> Id:
    """The need that goes on after all mergers: itself if it was never merged."""
    seen = {need}
    while (row := workspace.row("need", need)) and isinstance(into := row.plain("merged_into"), int):
        if into in seen:
            return need
        seen.add(into)
        need = into
    return need
