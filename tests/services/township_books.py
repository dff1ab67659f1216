"""What arrives at a township in tests: real workbooks of two workers, written and read by the program itself."""

from datetime import date

from gridworker.domain.calendar import parse_week
from gridworker.services import export
from gridworker.services.export import Wish
from gridworker.services.period import Period
from tests import invented

TODAY = date(2026, 11, 25)
THIS_WEEK, LAST_WEEK = "2026-W48", "2026-W47"

_READY = {}


def filled(open_copy, households=12, seed=1):
    """A worker's store with invented people."""
    workspace = open_copy("worker")
    invented.fill(workspace, households, 6, seed)
    return workspace


def ready_book(open_copy, target, week=THIS_WEEK, wish=None, households=12, seed=1):
    """A worker's weekly workbook at `target`, exported once in a run and then copied."""
    which = (week, wish, households, seed)
    if which not in _READY:
        made = book(filled(open_copy, households, seed), target.parent, week, target.name, wish)
        _READY[which] = made.read_bytes()
    target.write_bytes(_READY[which])
    return target


def book(workspace, folder, week=THIS_WEEK, name="", wish=None):
    """The weekly workbook of a worker."""
    out = folder / (name or f"{workspace.store.get('grid')}_{week}.xlsx")
    export.export(workspace, Period.of_week(parse_week(week)), out, wish or Wish())
    return out


def nothing(done, total, name):
    """Progress nobody looks at."""
