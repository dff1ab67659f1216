"""The forms that come with the program: blank, in our own style, filled like any other."""

from pathlib import Path
from typing import Final

from gridworker import paths

_FOLDER: Final = "forms"


def every() -> list[Path]:
    """The ready forms in the order of their names."""
    return sorted(paths.resource(_FOLDER).glob("*.xlsx"))


def path_of(given: str) -> Path:
    """The form somebody means: a ready one by its name, else a file."""
    named = paths.resource(_FOLDER) / f"{given}.xlsx"
    return named if not Path(given).exists() and named.is_file() else Path(given)
