"""After an upgrade: workbooks of newer programs, understood in part before, are read again as a whole."""

from typing import TYPE_CHECKING

from gridworker.domain.ledgers import fingerprint
from gridworker.errors import GridworkerError
from gridworker.services.workspace import Workspace
from gridworker.store import kept_books, taking
from gridworker.store.database import transaction
from gridworker.store.kept_books import KeptBook

if TYPE_CHECKING:
    from gridworker.exchange.raw import Read


def read_kept_books(workspace: Workspace) -> int:
    """Exchange what such imports brought for what this program reads in their files; returns how many.

    A file that cannot be opened now stays as it was taken, and is tried again at the next opening.
    """
    waiting = kept_books.waiting(workspace.connection, fingerprint())
    if not waiting:
        return 0
    from gridworker.exchange import raw

    done = 0
    with raw.reader() as read:
        for kept in waiting:
            try:
                _exchange(workspace, kept, read)
            except GridworkerError:
                continue
            done += 1
    return done


def _exchange(workspace: Workspace, kept: KeptBook, read: "Read") -> None:
    from gridworker.exchange import ours
    from gridworker.services import book_entries, erased_before
    from gridworker.services.import_report import FileReport
    from gridworker.services.intake import EVEN_ERASED

    digest = kept.digest.partition("+")[0]
    reading = ours.read_ours(read(kept.data, kept.password or None), digest)
    if reading is None:
        return
    report = FileReport(kept.file)
    with transaction(workspace.connection):
        brought = book_entries.said_by(reading, report, digest, kept.at)
        if not kept.digest.endswith(EVEN_ERASED):
            brought = erased_before.hold_back(workspace, brought).brought
        taking.exchange(workspace.connection, kept.no, brought, report.kept())
        if reading.newer:
            kept_books.keep(workspace.connection, kept.no, kept.data, kept.password, fingerprint())
        else:
            kept_books.drop(workspace.connection, kept.no)
