"""How well blank forms are understood: columns, rows, totals, cells to answer, and what survives the filling.

python -m tests.tools.score_forms [-v] [DIR …]
"""

import io
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

import openpyxl

from gridworker.errors import UserError
from gridworker.exchange import raw
from gridworker.exchange.form import Form, understand_form
from gridworker.exchange.form_fresh import as_xlsx
from gridworker.exchange.form_write import write_form
from gridworker.exchange.patch import Patch
from tests.tools.score_sheets import files

DATA: Final = Path(__file__).parents[1] / "data" / "forms"
_ONE: Final = ("ledger", "header_rows", "serial_column", "first_row", "capacity", "total_row")
_COUNTS: Final = ("columns", *_ONE, "unit_cells", "formulas", "survive")
_UNITS: Final = {"unit": "金江社区", "person": "陈晓芸", "date": "2026年11月25日"}


def score(path: Path) -> tuple[Counter[str], list[str]]:
    """One form against what a careful person would do: by thing right and all, and what is wrong, a line each."""
    told = json.loads(path.with_name(path.stem + ".expected.json").read_text(encoding="utf-8"))
    counts, wrong = Counter[str](), []

    def count(what: str, got: Any, want: Any) -> None:
        counts[what + " all"] += 1
        counts[what] += got == want
        if got != want:
            wrong.append(f"{what}: {got!r}, not {want!r}")

    form, held = _filled(path, told["sheet"])
    found = form.as_json() if form else {}
    for place, names in (told.get("columns") or told.get("cells", {})).items():
        got = found.get("columns", {}).get(place)
        count("columns", got if got not in names.split("|") else names, names)
    known = {*told.get("columns", {}), *told.get("optional", {}), *told.get("cells", {})}
    for place in found.get("columns", {}).keys() - known:
        counts["extra"] += 1
        wrong.append(f"extra: {place} as {found['columns'][place]}")
    for what in _ONE:
        if what in told:
            count(what, found.get(what), told[what])
    for what in ("unit_cells", "formulas"):
        for place, want in told[what].items():
            count(what, found.get(what, {}).get(place), want)
    for thing in told["must_survive"]:
        count("survive", thing if thing in held else None, thing)
    return counts, wrong


def _filled(path: Path, name: str) -> tuple[Form | None, set[str]]:
    """The form as understood, and what is still there after two rows went in."""
    data = path.read_bytes()
    book = raw.read_book_here(data)
    patch = Patch(data if book.kind == "xlsx" else as_xlsx(book))
    try:
        form = understand_form(book, patch, None, path.name)
    except UserError:
        return None, set()
    write_form(patch, form, [{one.number: f"第{row}行" for one in form.asked} for row in (1, 2)], _UNITS)
    data = patch.to_bytes()
    made = openpyxl.load_workbook(io.BytesIO(data))
    sheet = made[name] if name in made.sheetnames else made.worksheets[0]
    held = {f"merge {one}" for one in sheet.merged_cells.ranges}
    held |= {f"validation {one.sqref}" for one in sheet.data_validations.dataValidation}
    held |= {f"conditional {one.sqref}" for one in sheet.conditional_formatting}
    held |= {f"formula {cell.coordinate}" for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    held |= {f"hidden sheet {one.title}" for one in made if one.sheet_state != "visible"}
    return form, held | ({"image"} if b"xl/media/" in data else set())


def main() -> None:
    """Score folders, by default the samples and the further forms."""
    names = [name for name in sys.argv[1:] if name != "-v"]
    for folder in [Path(name) for name in names] or [DATA, DATA / "more"]:
        total = Counter[str]()
        print(f"\n{folder}")
        for path in files(folder):
            counts, wrong = score(path)
            total.update(counts)
            print(_line(path.stem, counts))
            for line in wrong if "-v" in sys.argv else ():
                print("      " + line)
        print(_line("sum", total))


def _line(name: str, counts: Counter[str]) -> str:
    told = [f"{what} {counts[what]}/{counts[what + ' all']}" for what in _COUNTS if counts[what + " all"]]
    return "  ".join([name, *told, f"extra {counts['extra']}"])


if __name__ == "__main__":
    main()
