"""One week of invented people as it left a worker, made once a session; a test goes on from copies of it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from gridworker.domain.calendar import parse_week
from gridworker.exchange.token import from_cell
from gridworker.services import export
from gridworker.services.export import Wish
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace
from gridworker.store.session import Store
from tests import invented
from tests.conftest import TODAY, Made, OpenCopy

WEEK = Period.of_week(parse_week("2026-W47"))
NEEDS, HOMES = "诉求台账", "住户名册"


@dataclass(frozen=True)
class Week:
    """The worker's closed store, the masked workbook that left it, and what that holds: only to be read."""

    store: Made
    book: Path
    sheets: openpyxl.Workbook

    def reopen(self, folder: Path) -> Workspace:
        """The worker's store on the very device the workbook left."""
        shutil.copytree(self.store.folder, folder / "sender")
        return Workspace(Store(folder / "sender", self.store.key), TODAY)

    def cell(self, sheet: str, head: str, row: int) -> str:
        """A cell by its heading."""
        found = next(cell for cell in self.sheets[sheet][3] if cell.value == head)
        return f"{found.column_letter}{row}"

    def text(self, sheet: str, head: str, row: int) -> object:
        """What stands in a cell as it left."""
        return self.sheets[sheet][self.cell(sheet, head, row)].value

    def record(self, sheet: str, row: int) -> str:
        """The record a row is about."""
        return from_cell(str(self.sheets[sheet].cell(row, 1).value))

    def rows(self, sheet: str, head: str) -> list[int]:
        """Rows whose cell under a heading holds something."""
        every = range(4, self.sheets[sheet].max_row + 1)
        there = [row for row in every if self.sheets[sheet].cell(row, 1).value]
        return [row for row in there if self.text(sheet, head, row) not in (None, "")]


def leave(copies: OpenCopy, key: bytes, book: Path) -> Week:
    """Fill a store, let a week leave it, and close it."""
    worker = copies("worker")
    invented.fill(worker, 40, 6, 2)
    export.export(worker, WEEK, book, Wish(full=False))
    worker.close()
    return Week(Made(worker.store.folder, key), book, openpyxl.load_workbook(book))
