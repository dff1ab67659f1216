"""Make the further sheets and blank forms out of their pictures (`tests/tools/sheets`).

    python -m tests.tools.make_sheets [SET …]

A set is a folder of pictures; its workbooks go to `tests/data/sheets/SET`, those of `forms` to `tests/data/forms/more`,
those of `forms_further` to `tests/data/forms/further`.
"""

import json
import sys
import tempfile
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Final

from tests import office
from tests.tools.sheets import books, expect, forms, picture

PICTURES: Final = Path(__file__).parent / "sheets"
DATA: Final = Path(__file__).parents[1] / "data"
_FORMS: Final = {"forms": "more", "forms_further": "further"}


def target_of(name: str) -> Path:
    """Where the workbooks of a set lie."""
    return DATA / "forms" / _FORMS[name] if name in _FORMS else DATA / "sheets" / name


def expected(name: str, book: picture.Book) -> str:
    """What is expected of a file of a set, as it lies beside it."""
    told = forms.expected(book) if name in _FORMS else expect.expected(book)
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def make(name: str, convert: books.Convert | None) -> None:
    """All workbooks of one set and what they say."""
    target = target_of(name)
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted((PICTURES / name).glob("*.txt")):
        for book in picture.books(path):
            books.write(book, target, convert)
            (target / f"{Path(book.name).stem}.expected.json").write_text(expected(name, book), encoding="utf-8")


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
