"""The access log: every look at and way out of personal data, each line chained to the one before."""

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from gridworker.domain.ids import Id, to_text
from gridworker.domain.rules.log_heads import LogHead
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.store import access, tries

_VALUE: Final = re.compile(r"[0-9a-f]{32}")


def note(workspace: Workspace, act: str, what: str = "") -> None:
    """Write one line; `what` holds ids and counts, never names or numbers of people."""
    at = workspace.now.isoformat(timespec="seconds")
    author = workspace.store.author
    access.append(workspace.connection, at, author, act, what, link_to(at, author, act, what))


def note_look(workspace: Workspace, ledger: str, id: Id) -> None:
    """Note that a record was opened, once for as long as nothing else happens in between."""
    what = f"{ledger}/{to_text(id)}"
    if access.last_act(workspace.connection) != (workspace.today.isoformat(), "show", what):
        note(workspace, "show", what)


def note_wrong_passwords(workspace: Workspace) -> None:
    """Note the wrong passwords that somebody tried while the store was closed."""
    found = tries.take_untold(workspace.store.folder)
    if found.untold:
        last = datetime.fromtimestamp(found.last).isoformat(timespec="minutes")
        note(workspace, "failed_unlock", f"{found.untold} {last}")


def link_to(at: str, author: str, act: str, what: str) -> Callable[[str], str]:
    """The chain value of a line, from that of the line before it."""
    return lambda before: hashlib.blake2b(f"{before}|{at}|{author}|{act}|{what}".encode(), digest_size=16).hexdigest()


def head(workspace: Workspace) -> LogHead:
    """Where the log stands, as printed on every weekly cover."""
    lines, value, at = access.newest(workspace.connection)
    return LogHead(lines, value, at[:10])


def heads_at(workspace: Workspace, lines: Mapping[Id, int]) -> dict[Id, tuple[int, str]]:
    """By workbook that left: the head the log had at so many lines, as it says now."""
    return {id: (count, access.value_at(workspace.connection, count)) for id, count in lines.items()}


def contains(workspace: Workspace, cover: str) -> bool:
    """Whether the log still has the line that a cover shows. Raises UserError where no chain value is in the words."""
    found = _VALUE.search(cover.casefold())
    if found is None:
        raise UserError("bad_log_head", _("没有看到访问日志的校验值。"), _("请照封面“访问日志”一行抄全，是 32 位。"))
    return access.has_value(workspace.connection, found[0])


def verify(workspace: Workspace) -> int | None:
    """The number of the first line that does not follow from the one before; None when all do."""
    before = ""
    for place, (no, at, author, act, what, chain) in enumerate(access.lines(workspace.connection), start=1):
        before = link_to(at, author, act, what)(before)
        if before != chain or no != place:
            return place
    return None
