"""What comes from other hands: clerks' sheets, columns read otherwise, marked copies put right, who is who decided."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.exchange import foreign, raw
from gridworker.exchange.returned import CHECK_HEAD, LIST_SHEET
from gridworker.services import columns, deciding, feedback, questions
from gridworker.services.columns import Plans
from gridworker.store import entries
from tests.campaign import sheets
from tests.campaign.devices import Device, File

RIGHT = ("13800010001", "2026-11-05", "2026-11-07", None)
"""What a clerk types over a cell that was marked."""
OTHERWISE = ("resident.phone", "household.phone", "household.note", "household.+村里记的", "")
"""What a column may be read as after a person looked at it."""
GRID = (("household.grid", "JX03"),)
"""Part of how a file is read, else each laptop would give its own."""


def bring(place: Callable[[str], Path], dice: Random) -> File:
    """A new sheet, its columns confirmed as they were recognised."""
    ending, data = sheets.sheet(dice)
    path = place(ending)
    path.write_bytes(data)
    plan = columns.plans(foreign.understand(raw.read_book_here(data, None), None, path.name).sheets)
    return File(path, _confirmed(plan))


def read_otherwise(device: Device, file: File, dice: Random) -> File | None:
    """The same file with a column that a person corrected, in place of how it was read before."""
    before = device.take(file)
    if not before.columns:
        return None
    one = dice.choice(before.columns)
    changed = columns.changed(before.columns, one.sheet, dice.choice(one.columns).letter, dice.choice(OTHERWISE))
    return File(file.path, _confirmed(changed, before.mapping))


def _confirmed(plan: Plans, *replaced: str) -> str:
    told = columns.as_mapping(tuple(replace(one, defaults=GRID) for one in plan), replaced)
    return json.dumps(told, sort_keys=True, ensure_ascii=False)


def decide_who(device: Device, dice: Random) -> None:
    """Somebody answers a question, or says of any two that they are the same, or are not."""
    asked = questions.questions(device.workspace)
    if asked and dice.random() < 0.5:
        one = dice.choice(asked)
        for other, _title in dice.sample(one.candidates, k=min(len(one.candidates), 1)):
            questions.decide(device.workspace, one.record, other, same=dice.random() < 0.6)
        return
    name = dice.choice(["household", "resident"])
    known = sorted(_records(device, name))
    if len(known) > 1:
        one, other = dice.sample(known, k=2)
        act = deciding.join if dice.random() < 0.6 else deciding.part
        with suppress(UserError):  # already joined, or kept apart
            act(device.workspace, ledger(name), one, other)


def _records(device: Device, name: str) -> list[Id]:
    connection = device.workspace.connection
    found = entries.load(connection, entries.every_number(connection, name)).values()
    return [one.id for one in found if one.taking_part()]


def marked(device: Device, file: File, out: Path) -> bool:
    """The marked copy of a file, where something in it has to be put right."""
    report = device.take(file)
    if report.kind == "ours" or not report.problems:
        return False
    mapping: dict[str, Any] | None = json.loads(file.mapping) if file.mapping else None
    feedback.write_marked(device.workspace, file.path, report, out, mapping=mapping)
    return True


def put_right(path: Path, dice: Random) -> None:
    """A clerk goes through the marked cells, and may sort, copy, delete or add rows."""
    book = openpyxl.load_workbook(path)
    for cell in [row[1].value for row in book[LIST_SHEET].iter_rows(min_row=2)]:
        sheet = book[dice.choice(book.sheetnames[:-1])]
        if cell and dice.random() < 0.7:
            sheet[cell.partition(":")[0]].value = dice.choice(RIGHT)
    sheet = book[dice.choice(book.sheetnames[:-1])]
    if dice.random() < 0.4 and sheet.max_row > 2:
        _move(sheet, dice)
    book.save(path)


def _move(sheet: Worksheet, dice: Random) -> None:
    """Two rows change places, or one is copied over another."""
    head = next((cell.row for row in sheet.iter_rows() for cell in row if cell.value == CHECK_HEAD), 1)
    one, other = (dice.randint(head + 1, max(sheet.max_row, head + 1)) for _turn in range(2))
    lines = {row: [cell.value for cell in sheet[row]] for row in (one, other)}
    changes = {one: lines[other], other: lines[one]} if dice.random() < 0.6 else {one: lines[other]}
    for row, values in changes.items():
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column).value = value
