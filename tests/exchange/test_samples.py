"""The sample sheets: read as a careful person would, and nothing silently wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
from stdnum.cn import ric

from gridworker.exchange import foreign, raw

FOLDER = Path(__file__).parents[1] / "data" / "sheets"
SAMPLES = sorted(path for path in FOLDER.iterdir() if path.is_file() and path.suffix != ".json")


def expected(path: Path) -> list[dict[str, Any]]:
    told = json.loads(path.with_name(path.stem + ".expected.json").read_text(encoding="utf-8"))
    return [told, *told.get("also", [])]


def understood(path: Path) -> dict[str | None, dict[str, Any]]:
    book = raw.read_book_here(path.read_bytes())
    told = foreign.understand(book, None, path.name).as_json()
    return {sheet["sheet"]: sheet for sheet in told["sheets"]}


def cases() -> list[Any]:
    return [
        pytest.param(path, sheet, id=f"{path.stem}-{sheet['sheet'] or ''}")
        for path in SAMPLES
        for sheet in expected(path)
    ]


def is_among(value: object, told: object) -> bool:
    """Whether a value is the expected one, or one of several that will do."""
    value = "、".join(value) if isinstance(value, list) else value
    return value in told.split("|") if isinstance(told, str) else value == told


@pytest.mark.parametrize(("path", "told"), cases())
def test_heading_and_columns(path: Path, told: dict[str, Any]) -> None:
    found = understood(path)[told["sheet"]]
    assert found["header_rows"] == told["header_rows"]
    for letter, name in told["columns"].items():
        assert found["columns"].get(letter) in name.split("|"), letter
    assert not found["columns"].keys() & told.get("traps", {}).keys()
    assert found["columns"].keys() <= told["columns"].keys() | told.get("optional", {}).keys()


@pytest.mark.parametrize(("path", "told"), cases())
def test_rows(path: Path, told: dict[str, Any]) -> None:
    found = understood(path)[told["sheet"]]
    assert [row["row"] for row in found["rows"]] == [record["row"] for record in told["records"]]
    assert found["ignored_rows"] == told["ignored_rows"]


@pytest.mark.parametrize(("path", "told"), cases())
def test_values(path: Path, told: dict[str, Any]) -> None:
    found = {row["row"]: row["values"] for row in understood(path)[told["sheet"]]["rows"]}
    wrong = [
        (record["row"], name, found[record["row"]].get(name))
        for record in told["records"]
        for name, value in record["values"].items()
        if not is_among(found[record["row"]].get(name), value)
    ]
    assert not wrong


def wanted_questions(record: dict[str, Any], letters: dict[str, str]) -> dict[str, str]:
    """By cell: the questions a row must raise; a leading ? marks one it may raise.

    The check digits of the samples' ID numbers were made over sixteen digits instead of seventeen, so that the
    standard (GB 11643) finds nearly all of them wrong, and the one meant to be wrong right. The standard decides.
    """
    wanted = {f"{letters[name]}{record['row']}": code for name, code in record["issues"].items()}
    number = record["values"].get("resident.id_no")
    if number and "|" not in number:
        cell = f"{letters['resident.id_no']}{record['row']}"
        wanted.pop(cell, None)
        if ric.calc_check_digit(number) != number[-1]:
            wanted[cell] = "invalid"
    return wanted


@pytest.mark.parametrize(("path", "told"), cases())
def test_questions(path: Path, told: dict[str, Any]) -> None:
    found = understood(path)[told["sheet"]]
    letters = {name: letter for letter, name in found["columns"].items()}
    rows = {row["row"]: {one["cell"]: one["code"] for one in row["problems"]} for row in found["rows"]}
    for record in told["records"]:
        asked, wanted = rows[record["row"]], wanted_questions(record, letters)
        assert asked.keys() <= wanted.keys()
        for cell, code in wanted.items():
            codes: list[str | None] = [*code.removeprefix("?").split("|"), *([None] if code[0] == "?" else [])]
            assert asked.get(cell) in codes, cell


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_other_sheets_give_no_records(path: Path) -> None:
    told = expected(path)
    found = understood(path)
    for name in told[0].get("other_sheets", {}):
        assert found[name]["rows"] == []
    assert found.keys() == {sheet["sheet"] for sheet in told} | told[0].get("other_sheets", {}).keys()
