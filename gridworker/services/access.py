"""The access log: every look at and way out of personal data, each line chained to the one before."""

import hashlib

from gridworker.services.workspace import Workspace
from gridworker.store import access


def note(workspace: Workspace, act: str, what: str = "") -> None:
    """Write one line; `what` holds ids and counts, never names or numbers of people."""
    at = workspace.now.isoformat(timespec="seconds")
    author = workspace.store.author

    def link(before: str) -> str:
        return hashlib.blake2b(f"{before}|{at}|{author}|{act}|{what}".encode(), digest_size=16).hexdigest()

    access.append(workspace.connection, at, author, act, what, link)


def head(workspace: Workspace) -> str:
    """The head of the chain, as printed on every weekly cover."""
    return access.head(workspace.connection)


def verify(workspace: Workspace) -> int | None:
    """The number of the first line that does not follow from the one before; None when all do."""
    before = ""
    for no, at, author, act, what, chain in access.lines(workspace.connection):
        before = hashlib.blake2b(f"{before}|{at}|{author}|{act}|{what}".encode(), digest_size=16).hexdigest()
        if before != chain:
            return int(no)
    return None
