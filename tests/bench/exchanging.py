"""Workbooks out and in, against the libraries merely writing and reading the same cells."""

import io
import resource
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

from gridworker.domain.calendar import week_of
from gridworker.services import demo, export, intake
from gridworker.services import workspace as workspaces
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace
from tests.bench.stores import PASSWORD, TODAY, a_township, a_worker, seconds

FILES = 120


def run(folder: Path, _county: bool) -> list[tuple[str, str, str]]:
    worker = a_worker(folder)
    demo.fill(worker, 3000, 4)
    book = folder / "week.xlsx"
    ours = min(seconds(lambda: _export(worker, book)) for _turn in range(3))
    cells = _cells(book)
    bare = min(seconds(lambda: _write_xlsxwriter(cells)) for _turn in range(3))
    openpyxl_time = seconds(lambda: _write_openpyxl(cells))
    books = [_small_book(folder, number) for number in range(FILES)]
    a_township(folder).close()
    before = _cpu()
    for one in books:
        _cells(one)
    reading = _cpu() - before
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        taking, again, memory = process.submit(_take, folder / "township", books).result()
    count = sum(len(rows) for rows in cells.values())
    return [
        (f"export of {count} rows / bare XlsxWriter, the same cells", f"{ours / bare:.2f}x", "reported"),
        ("the same / openpyxl", f"{ours / openpyxl_time:.2f}x", "reported"),
        (f"CPU: import of {FILES} weekly files / calamine merely reading them", f"{taking / reading:.1f}x", "reported"),
        (f"CPU: import of {FILES} weekly files of about 500 rows", f"{taking:.1f} s", "≤ 60 s, the window alive"),
        ("memory of that, both processes", f"{memory:.0f} MB", "≤ 300 MB"),
        ("the same files again / first time", f"{again / taking:.3f}x", "reported"),
    ]


def _take(township: Path, books: list[Path]) -> tuple[float, float, float]:
    """CPU of an import and of the same once more, the reading process included, and their peak memory in MB."""
    workspace = workspaces.open_folder(township, PASSWORD, TODAY)
    begun = _cpu()
    intake.take(workspace, books)
    taken = _cpu()
    intake.take(workspace, books)
    return taken - begun, _cpu() - taken, sum(resource.getrusage(who).ru_maxrss for who in _BOTH) / 1024


_BOTH = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def _cpu() -> float:
    """Seconds of this process and of its children that ended."""
    return sum(one.ru_utime + one.ru_stime for one in map(resource.getrusage, _BOTH))


def _export(worker: Workspace, book: Path) -> None:
    export.export(worker, Period.of_week(week_of(TODAY)), book, export.Wish(full=False))


def _cells(book: Path) -> dict[str, list[list[object]]]:
    found = CalamineWorkbook.from_path(str(book))
    return {name: found.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in found.sheet_names}


def _write_xlsxwriter(cells: dict[str, list[list[object]]]) -> None:
    workbook = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    for name, rows in cells.items():
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write_string(number, column, str(value))
    workbook.close()


def _write_openpyxl(cells: dict[str, list[list[object]]]) -> None:
    workbook = openpyxl.Workbook()
    for name, rows in cells.items():
        sheet = workbook.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column, str(value)).data_type = "s"
    workbook.save(io.BytesIO())


def _small_book(folder: Path, number: int) -> Path:
    """A worker's week of about 500 rows."""
    worker = a_worker(folder, f"w{number}", f"JX{number:03d}")
    demo.fill(worker, 320, 4, number)
    book = folder / f"JX{number:03d}.xlsx"
    _export(worker, book)
    worker.close()
    return book
