"""`python -m tests.corpora FOLDER …`: any file at all gets an answer or one sentence, on the whole path of an import.

Meant for the test data of spreadsheet libraries, a folder for each corpus. Prints for each how many files were taken,
read or refused and why, and every file that broke a law of `tests.fuzz`. Exit 1 if any did.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gridworker.exchange.child import Child
from gridworker.i18n import use_language
from gridworker.services import workspace as workspaces
from tests.conftest import A_TOWNSHIP, TODAY
from tests.fuzz import seeds
from tests.fuzz.stage import Stage

_ENDINGS: Final = {
    ".xls", ".xlsx", ".xlsm", ".xlsb", ".xlt", ".xltx", ".xltm", ".ods", ".ots", ".fods", ".sxc", ".et", ".csv", ".tsv",
    ".txt", ".html", ".htm", ".xml", ".gnumeric", ".numbers",
}  # fmt: skip


def files(folder: Path) -> Iterator[Path]:
    """Everything that could be a spreadsheet."""
    found = [folder] if folder.is_file() else sorted(folder.rglob("*"))
    yield from (path for path in found if path.is_file() and (path == folder or path.suffix.lower() in _ENDINGS))


def main() -> int:
    """Go through folders and tell what became of each file."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpora")
    parser.add_argument("folders", nargs="+", type=Path)
    given = parser.parse_args()
    use_language("zh_CN")
    child = Child()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        workspace = workspaces.create(place / "store", seeds.PASSWORD, A_TOWNSHIP, TODAY)[0]
        stage = Stage(workspace, place / "stage", child)
        failed = sum(go_through(stage, one) for one in given.folders)
        child.close()
    return 1 if failed else 0


def go_through(stage: Stage, folder: Path) -> int:
    """One corpus; returns how many faults it showed."""
    kinds, failed, slowest, largest = Counter[str](), 0, 0.0, 0
    for path in files(folder):
        one = stage.try_file(path.name, path.read_bytes(), as_form=True)
        kinds[one.kind] += 1
        faults = [*one.faults, *stage.settle()]
        failed, slowest, largest = failed + len(faults), max(slowest, one.seconds), max(largest, one.memory)
        print(
            *(f"FAULT {path} {one.kind}: {fault}" for fault in faults), sep="\n", end="\n" if faults else "", flush=True
        )
    told = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    print(
        f"{folder.name}: {kinds.total()} files; {told}; {slowest:.1f} s, {largest / 1e6:.0f} MB, faults {failed}",
        flush=True,
    )
    return failed


if __name__ == "__main__":
    sys.exit(main())
