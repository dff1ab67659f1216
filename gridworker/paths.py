"""Where things are: shipped resources and the folder of the person's data."""

import json
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import platformdirs

PORTABLE: Final = "gridworker-data"


@cache
def resources() -> Path:
    """The shipped resources: inside the installed package, beside it in a checkout."""
    package = Path(str(files("gridworker")))
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def resource(*parts: str) -> Path:
    """One shipped file."""
    return resources().joinpath(*parts)


@cache
def json_resource(*parts: str) -> Any:
    """One shipped JSON file, read once."""
    return json.loads(resource(*parts).read_text(encoding="utf-8"))


def default_data_folder() -> Path:
    """The folder that holds the store when no other was asked for.

    On a stick: the folder `gridworker-data` beside the program's own, where somebody made one; a newer program beside
    the older one finds the same data.
    """
    beside = Path(sys.executable).resolve().parent.parent / PORTABLE
    if getattr(sys, "frozen", False) and beside.is_dir():
        return beside
    return Path(platformdirs.user_data_dir("gridworker", appauthor=False))
