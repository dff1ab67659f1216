"""What it costs to understand somebody else's sheet, against merely reading it: the samples with many more rows.

No two rows name the same person, number, door or matter; what the samples write oddly stays as odd.
"""

import io
import pickle
import random
import re
from datetime import date, timedelta
from pathlib import Path
from time import process_time
from typing import Final

import xlsxwriter

from gridworker.exchange import foreign, raw
from gridworker.exchange.model import RawBook, RawValue
from tests.tools.sheets import people

ROWS: Final = 500
_FOLDER: Final = Path(__file__).parents[1] / "data" / "sheets"
_SURNAMES: Final = "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
_GIVEN: Final = "志明秀英建国桂兰玉梅德才小云长河春生翠花永福雪松文静海燕"
_ID: Final = re.compile(r"[0-9]{17}[0-9Xx]")
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_DOOR: Final = re.compile(r"[1-9][0-9]{2}(?=室?$)")
_NAMES: Final = re.compile("name|head|child|raised_by|worker")
_PROSE: Final = 8
"""Characters from which a text is somebody's own words."""


def run(_folder: Path, _county: bool) -> list[tuple[str, str, str]]:
    """Visits, needs, employment, schooling, medical matters, each sheet read and understood for the first time."""
    told: list[tuple[str, str, str]] = []
    every = {"reading": 0.0, "understanding": 0.0}
    for path in sorted(path for path in _FOLDER.glob("S[1-5]_*") if path.suffix != ".json"):
        _ratio(path, 0)
        reading, understanding = min((_ratio(path, turn) for turn in (1, 2, 3)), key=sum)
        every["reading"] += reading
        every["understanding"] += understanding
        told.append(
            (f"CPU: understanding {path.stem}, {ROWS} rows / reading it", f"{understanding / reading:.1f}x", "")
        )
    ratio = f"{every['understanding'] / every['reading']:.1f}x"
    return [*told, ("all five of them", ratio, "≤ 3x")]


def _ratio(path: Path, turn: int) -> tuple[float, float]:
    """Seconds to read a sheet and hand it over from process to process, and to understand it."""
    data = enlarged(path, ROWS, turn)
    begun = process_time()
    book = _read(data)
    read = process_time()
    foreign.understand(book, None, path.name)
    return read - begun, process_time() - read


def _read(data: bytes) -> RawBook:
    book: RawBook = pickle.loads(pickle.dumps(raw.read_book_here(data)))
    return book


def enlarged(path: Path, rows: int, turn: int = 0) -> bytes:
    """A workbook like a sample, with its records over and over until there are so many."""
    book = raw.read_book_here(path.read_bytes())
    sheet, told = book.sheets[0], foreign.understand(book, None, path.name).sheets[0]
    records = [sheet.rows[one.row - 1] for one in told.rows]
    named = {one.number for one in told.columns if one.meaning and _NAMES.fullmatch(one.meaning.field.name)}
    body = [
        [
            _changed(value, f"{turn} {column} {row}", column in named)
            for column, value in enumerate(records[row % len(records)], start=1)
        ]
        for row in range(rows)
    ]
    last = told.header_rows[-1]
    return _written(sheet.name, sheet.rows[:last] + body, [one for one in sheet.merges if one[2] <= last])


def _changed(value: RawValue, seed: str, is_name: bool) -> RawValue:
    chance = random.Random(seed)
    if isinstance(value, date):
        return value - timedelta(days=chance.randrange(90))
    if isinstance(value, int) and _MOBILE.fullmatch(str(value)):
        return int(people.mobile(seed))
    if not isinstance(value, str):
        return value
    if is_name:
        return chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=2))
    if len(value) >= _PROSE and not any(map(str.isdigit, value)):
        return f"{value}，第{chance.randrange(10**6)}次"
    text = _MOBILE.sub(people.mobile(seed), _ID.sub(people.id_number(seed), value))
    return _DOOR.sub(f"{chance.randrange(100, 999)}", text)


def _written(name: str, rows: list[list[RawValue]], merges: list[tuple[int, int, int, int]]) -> bytes:
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = workbook.add_worksheet(name)
    for top, left, bottom, right in merges:
        sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif value is not None:
                sheet.write(row, column, value)
    workbook.close()
    return target.getvalue()
