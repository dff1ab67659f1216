"""stats and dump."""

from argparse import Namespace

from gridworker.cli.commands.exchange import period_of
from gridworker.cli.console import Answer, Context
from gridworker.services import access, figures
from gridworker.services import dump as dump_service


def stats(context: Context, given: Namespace) -> Answer:
    """Coverage, closing and the rest, by grid, worker, community or kind."""
    workspace = context.open()
    table = figures.table(workspace, period_of(workspace, given), given.by)
    return Answer(table.as_json(), table.lines())


def dump(context: Context, given: Namespace) -> Answer:
    """The shared facts, one JSON object a line."""
    workspace = context.open()
    access.note(workspace, "dump")
    return Answer(None, dump_service.dump(workspace, versions=given.versions))
