"""Make the further sheets out of their pictures (`tests/tools/sheets`).

    python -m tests.tools.make_sheets [SET …]

A set is a folder of pictures; its workbooks go to `tests/data/sheets/SET`.
"""

import json
import sys
import tempfile
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any, Final

from tests import office
from tests.tools.sheets import books, expect, picture

PICTURES: Final = Path(__file__).parent / "sheets"
DATA: Final = Path(__file__).parents[1] / "data"


def make(name: str, convert: books.Convert | None) -> None:
    """All workbooks of one set and what they say."""
    target = DATA / "sheets" / name
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted((PICTURES / name).glob("*.txt")):
        for book in picture.books(path):
            books.write(book, target, convert)
            told = as_text(expect.expected(book))
            (target / f"{Path(book.name).stem}.expected.json").write_text(told, encoding="utf-8")


def as_text(told: dict[str, Any]) -> str:
    """What is expected of a file, as it lies beside it."""
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Make the named sets, or all."""
    names = sys.argv[1:] or sorted(folder.name for folder in PICTURES.iterdir() if any(folder.glob("*.txt")))
    with tempfile.TemporaryDirectory() as folder:
        real = office.Office(Path(folder)) if office.is_installed() else None
        with closing(real) if real else nullcontext():
            for name in names:
                make(name, real.save if real else None)


if __name__ == "__main__":
    main()
