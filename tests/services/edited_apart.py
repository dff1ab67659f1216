"""Real workbooks that two people filled in differently, and a clerk's list: what choices are made of in tests."""

import shutil
import tempfile
from pathlib import Path

from openpyxl import Workbook, load_workbook

from gridworker.domain.calendar import parse_week
from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.services import export, intake, records
from gridworker.services.export import Wish
from gridworker.services.period import Period
from gridworker.store import queries
from tests import invented

WEEK = Period.of_week(parse_week("2026-W48"))
MAPPING = {
    "sheets": [
        {
            "sheet": "名册",
            "header_rows": [1],
            "columns": {
                "A": "household.estate", "B": "household.building", "C": "household.unit", "D": "household.room",
                "E": "household.head", "F": "household.phone",
            },
            "defaults": {"household.grid": "JX03"},
        },
        {
            "sheet": "人员",
            "header_rows": [1],
            "columns": {"A": "resident.name", "B": "resident.id_no", "C": "resident.gender"},
        },
    ]
}  # fmt: skip
_KEPT = tempfile.TemporaryDirectory(prefix="gridworker-apart-")
_WRITERS = ("甲回填", "乙回填")
ID_NO = "99999919000101001" + "10X98765432"[
    sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate("99999919000101001")) % 11
]  # fmt: skip
"""An ID number of nobody, with its check digit."""


def needs(workspace, count):
    """So many needs of one household, told before anybody's book leaves."""
    home = records.add(workspace, ledger("household"), [a_home(1)]).ids[0]
    given = {"household": to_text(home), "kind": "就业", "raised_by": "萧大河", "source": "走访"}
    every = [given | {"content": f"想找第{number}份活"} for number in range(count)]
    return records.add(workspace, ledger("need"), every).ids


def a_home(number, **more):
    """An invented household by its room."""
    place = {"estate": "金江西苑", "building": "3", "unit": "2", "room": str(100 + number)}
    return place | {"head": f"萧大河{number}", "phone": f"138{number:08d}"} | more


def masked_book(workspace, folder, name):
    """The weekly workbook as it leaves without a password."""
    return export.export(workspace, WEEK, folder / name, Wish(full=False)).file


def filled_in(book, out, heading, word):
    """The same words for every need, typed into a copy of a book under another name."""
    opened = load_workbook(book)
    sheet = opened["诉求台账"]
    row, column = next(
        (row, cell.column) for row in range(1, 8) for cell in sheet[row] if str(cell.value or "").strip() == heading
    )
    for at in range(row + 1, sheet.max_row + 1):
        if len(str(sheet.cell(at, 1).value or "")) == 11:
            sheet.cell(at, column).value = f"{word}{at}"
    opened.save(out)
    return out


def two_books(workspace, folder, heading="承办单位", count=50):
    """`count` needs whose unit two people wrote differently into copies of one book."""
    kept = Path(_KEPT.name) / f"{heading} {count}"

    def make():
        needs(workspace, count)
        kept.mkdir(exist_ok=True)
        book = masked_book(workspace, kept, "原件.xlsx")
        for name in _WRITERS:
            filled_in(book, kept / f"{name}.xlsx", heading, name)

    invented.once(workspace, ("two books", heading, count), make)
    made = [row.id for row in queries.every(workspace.connection, "need")]
    return made, [Path(shutil.copy(kept / f"{name}.xlsx", folder)) for name in _WRITERS]


def roster(folder, homes, name="名册.xlsx"):
    """A clerk's list of households."""
    book = Workbook()
    sheet = book.active
    sheet.title = "名册"
    sheet.append(["小区", "楼栋", "单元", "室", "户主", "联系电话"])
    for home in homes:
        sheet.append([home[key] for key in ("estate", "building", "unit", "room", "head", "phone")])
    book.save(folder / name)
    return folder / name


def take(workspace, *paths):
    """Take books in; foreign ones under the mapping of `roster`."""
    return intake.take(workspace, paths, intake.Options(mapping=MAPPING))


def people(folder, lines, name="人员.xlsx"):
    """A clerk's list of persons: name, ID number, gender."""
    book = Workbook()
    sheet = book.active
    sheet.title = "人员"
    sheet.append(["姓名", "身份证号", "性别"])
    for line in lines:
        sheet.append(line)
    book.save(folder / name)
    return folder / name
