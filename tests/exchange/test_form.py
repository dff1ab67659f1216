"""Blank forms are understood as a careful person would: which column asks what, where rows go, what stays."""

import json
from pathlib import Path
from typing import Any

import pytest

from gridworker.exchange import raw
from gridworker.exchange.form import Form, understand_form
from gridworker.exchange.form_fresh import as_xlsx
from gridworker.exchange.patch import Patch

FOLDER = Path(__file__).parents[1] / "data" / "forms"
ALIKE = ("sheet", "header_rows", "serial_column", "first_row", "capacity", "total_row", "formulas", "ledger")
FORMS = sorted(path for path in FOLDER.iterdir() if path.is_file() and path.suffix != ".json")
FURTHER = [
    path
    for folder in ("more", "further", "unseen", "later", "latest")
    for path in (FOLDER / folder).iterdir()
    if path.suffix != ".json"
]
MORE = sorted(path for path in FURTHER if "卡" not in path.stem)


def expected(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(path.with_name(path.stem + ".expected.json").read_text(encoding="utf-8"))
    return told


def understood(path: Path) -> Form:
    data = path.read_bytes()
    book = raw.read_book_here(data)
    return understand_form(book, Patch(data if book.kind == "xlsx" else as_xlsx(book)), None, path.name)


@pytest.mark.parametrize("path", [*FORMS, *MORE], ids=lambda path: path.stem)
def test_a_form_is_understood(path: Path) -> None:
    told, found = expected(path), understood(path).as_json()
    for letter, names in told["columns"].items():
        assert found["columns"].get(letter) in names.split("|"), letter
    for name in ALIKE:
        assert found[name] == told[name], name
    assert found["unit_cells"].items() >= told["unit_cells"].items()
    assert found["columns"].keys() <= told["columns"].keys() | told.get("optional", {}).keys()


@pytest.mark.parametrize("card", [path for path in FURTHER if "卡" in path.stem], ids=lambda path: path.stem)
def test_a_blank_card_tells_the_cells_that_answer(card: Path) -> None:
    told = json.loads(card.with_name(card.stem + ".expected.json").read_text(encoding="utf-8"))
    found = understood(card).as_json()
    assert found["columns"].keys() == told["cells"].keys()
    assert found["unit_cells"] == told["unit_cells"]
    assert all(one.meaning or "签字" in one.heading.leaf for one in understood(card).sheet.columns)
