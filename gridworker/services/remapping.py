"""Reading a foreign file anew under columns that a person corrected, before it is taken or after."""

import hashlib
import json
from collections.abc import Sequence
from functools import partial

from gridworker.exchange import foreign, raw
from gridworker.services import column_memory, columns, intake, preview
from gridworker.services.columns import Plans
from gridworker.services.intake import Options
from gridworker.services.preview import Looked, Tell
from gridworker.services.workspace import Workspace
from gridworker.store import batches

_READING = 0.5
"""The share of the whole that reading takes; the rest is the rehearsal."""


def remap(workspace: Workspace, some: Sequence[Looked], place: int, plan: Plans, tell: Tell) -> list[Looked]:
    """The same files, one of them read under these columns, all rehearsed anew."""
    one, half = some[place], len(some) * _READING
    is_forgotten = any(sheet.forget for sheet in plan)
    if is_forgotten:
        column_memory.forget(workspace, plan)
        plan = plans_of(workspace, one, tell)
    with raw.reader() as read:
        heed = partial(_part, tell, half, len(some), one.path.name)
        mapping = columns.as_mapping(plan, earlier(workspace, one))
        readied = intake.ready(workspace, one.path, Options(mapping=mapping, password=one.password), read, heed)
    readied.report.columns = columns.with_places(plan, readied.report.columns)
    found = list(some)
    found[place] = preview.looked_at(one.path, readied, one.password, corrected=not is_forgotten)
    preview.rehearse(workspace, found, lambda done, every, name: tell(half + done * (1 - _READING), every, name))
    return found


def let_in(workspace: Workspace, some: Sequence[Looked], place: int, tell: Tell) -> list[Looked]:
    """The same files, one of them with the rows about whom was erased here before, all rehearsed anew."""
    one, half = some[place], len(some) * _READING
    mapping = columns.as_mapping(one.report.columns, earlier(workspace, one)) if one.corrected else None
    options = Options(mapping=mapping, password=one.password, even_erased=True)
    with raw.reader() as read:
        readied = intake.ready(workspace, one.path, options, read, partial(_part, tell, half, len(some), one.path.name))
    found = list(some)
    found[place] = preview.looked_at(one.path, readied, one.password, corrected=one.corrected)
    preview.rehearse(workspace, found, lambda done, every, name: tell(half + done * (1 - _READING), every, name))
    return found


def plans_of(workspace: Workspace, one: Looked, tell: Tell) -> Plans:
    """The columns of a file that was taken before and is not read again by itself. Raises UserError."""
    with raw.reader() as read:
        password = one.password or workspace.store.get("report_password") or None
        book = read(one.path.read_bytes(), password, partial(tell, 0.0, 1, one.path.name))
    plan = columns.plans(foreign.understand(book, None, one.path.name).sheets)
    return column_memory.recalled(workspace, plan)


def earlier(workspace: Workspace, one: Looked) -> list[str]:
    """The mappings under which this very file came in before; their readings give way to the new one's."""
    digest = hashlib.sha256(one.path.read_bytes()).hexdigest()
    told = (json.loads(report) for report in batches.reports_of(workspace.connection, digest))
    return sorted({found["mapping"] for found in told if found.get("mapping")})


def _part(tell: Tell, half: float, every: int, name: str, share: float) -> None:
    tell(half * share, every, name)
