"""Looking for planted values in every byte and every name of a folder: what stays when a laptop is lost."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

ENCODINGS: Final = ("utf-8", "utf-16-le", "gb18030", "unicode-escape")
"""How a value may lie in a file; the last as JSON writes it in plain letters."""


def spellings(value: str) -> set[bytes]:
    """A value in each encoding."""
    return {value.encode(encoding) for encoding in ENCODINGS}


def found(folders: Mapping[str, Path], planted: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Where, which value, and where that had been planted; once for each file."""
    wanted = [(value, spelling) for value in planted for spelling in spellings(value)]
    hits = {
        (f"{name}/{file.relative_to(folder)}", value)
        for name, folder in folders.items()
        for file, data in _everything(folder)
        for value, spelling in wanted
        if spelling in data
    }
    return sorted((where, value, planted[value]) for where, value in hits)


def _everything(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Each file with its name in front of its bytes."""
    for file in sorted(folder.rglob("*")):
        name = str(file.relative_to(folder)).encode()
        yield file, name + (b"\0" + file.read_bytes() if file.is_file() else b"")


def keep_deleted(folder: Path, kept: Path) -> None:
    """From now on, keep what this process deletes or writes over below a folder: a disk gives such bytes back."""
    kept.mkdir(exist_ok=True)
    busy = [False]

    def keep(path: object) -> None:
        file = Path(os.fsdecode(path)) if isinstance(path, str | bytes | os.PathLike) else None
        if file and file.is_absolute() and file.is_relative_to(folder) and file.is_file():
            shutil.copyfile(file, kept / f"{len(list(kept.iterdir()))}-{file.name}")

    def hear(event: str, given: tuple[object, ...]) -> None:
        if busy[0] or event not in {"os.remove", "os.rename"}:
            return
        busy[0] = True
        try:
            keep(given[0] if event == "os.remove" else given[1])
        finally:
            busy[0] = False

    sys.addaudithook(hear)
