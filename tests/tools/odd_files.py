"""Whether any file at all gets an answer or one sentence, within ten seconds and 500 MB.

    python -m tests.tools.odd_files [-v] DIR …

Meant for the test data of spreadsheet libraries: each file is read by a child process of its own, as the program does,
and understood as a foreign sheet. What fails is printed, with -v every file. Exit 1 if anything failed.
"""

import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from gridworker.errors import UserError
from gridworker.exchange import foreign
from gridworker.exchange.child import Child

_ENDINGS: Final = {
    ".xls", ".xlsx", ".xlsm", ".xlsb", ".xlt", ".xltx", ".xltm", ".ods", ".ots", ".fods", ".sxc", ".et", ".csv", ".tsv",
    ".txt", ".html", ".htm", ".xml", ".gnumeric", ".numbers",
}  # fmt: skip
_SECONDS: Final = 10.0
_BYTES: Final = 500_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    kind: str
    """`read`, `refused`, or `crash`."""
    told: str
    seconds: float
    peak: int
    """Bytes of memory of the child at its largest; 0 where the system does not tell, or the child is gone."""

    @property
    def is_fine(self) -> bool:
        """Whether it kept the promise."""
        return self.kind != "crash" and self.seconds <= _SECONDS and self.peak <= _BYTES


def outcome(path: Path) -> Outcome:
    """Read and understand one file."""
    child, start, peak = Child(), monotonic(), 0
    try:
        book = child.read(path.read_bytes())
        peak = _peak(child)
        sheets = foreign.understand(book, None, path.name).sheets
        rows = sum(len(sheet.rows) for sheet in book.sheets)
        kind, told = "read", f"{book.kind}, {rows} rows, {sum(len(sheet.rows) for sheet in sheets)} records"
    except UserError as error:
        kind, told = "refused", str(error)
        peak = _peak(child)
    except Exception:
        kind, told = "crash", traceback.format_exc()
    finally:
        child.close()
    return Outcome(kind, told, monotonic() - start, peak)


def _peak(child: Child) -> int:
    status = Path(f"/proc/{child._process.pid if child._pipe else 0}/status")
    if not status.exists():
        return 0
    lines = status.read_text(encoding="ascii").splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


def files(folders: list[Path]) -> Iterator[Path]:
    """Everything that could be a spreadsheet."""
    for folder in folders:
        found = [folder] if folder.is_file() else sorted(folder.rglob("*"))
        yield from (path for path in found if path.is_file() and (path == folder or path.suffix.lower() in _ENDINGS))


def main() -> None:
    """Go through folders and tell what failed."""
    counts, slowest, largest, failed = Counter[str](), 0.0, 0, 0
    for path in files([Path(name) for name in sys.argv[1:] if name != "-v"]):
        one = outcome(path)
        counts[one.kind if one.kind != "refused" else f"refused: {one.told}"] += 1
        slowest, largest, failed = max(slowest, one.seconds), max(largest, one.peak), failed + (not one.is_fine)
        if "-v" in sys.argv or not one.is_fine:
            print(f"{one.seconds:6.2f} s {one.peak / 1e6:5.0f} MB  {path}\n    {one.kind}: {one.told}")
    for kind, number in counts.most_common():
        print(f"{number:5}  {kind}")
    print(f"slowest {slowest:.1f} s, largest {largest / 1e6:.0f} MB, failed {failed}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
