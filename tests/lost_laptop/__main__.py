"""`python -m tests.lost_laptop [HOMES]`: a marked week through commands and window, a crash, and then every byte.

Looks through the data folder, the temporary one, the home with all recent lists, and what was deleted meanwhile.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from gridworker.i18n import use_language
from tests.lost_laptop import traces
from tests.lost_laptop.commands import Worker
from tests.lost_laptop.marks import Marks

PLACES = ("data", "tmp", "home", "deleted-by-window", "deleted-by-commands")


def main() -> int:
    """Live, crash, search, say; 1 when anything was found."""
    homes = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    use_language("zh_CN")
    with tempfile.TemporaryDirectory() as name:
        laptop = Path(name) / "laptop"
        planted, code = live(laptop, Path(name) / "outside", homes)
        folders = {place: laptop / place for place in PLACES if (laptop / place).exists()}
        hits = traces.found(folders, planted)
        files = [file for folder in folders.values() for file in folder.rglob("*") if file.is_file()]
        size = sum(file.stat().st_size for file in files)
    print(f"planted {len(planted)} values, window ended with {code}")
    print(
        f"looked through {len(files)} files, {size / 1e6:.1f} MB, in {', '.join(traces.ENCODINGS)}: {len(hits)} found"
    )
    for where, value, origin in hits:
        print(f"  {where}: {value} ({origin})")
    return 1 if hits or code != 9 else 0


def live(laptop: Path, outside: Path, homes: int) -> tuple[dict[str, str], int]:
    """The week; returns what was planted, and how the window ended."""
    for folder in (outside, *(laptop / one for one in ("data", "tmp", "home"))):
        folder.mkdir(parents=True)
    at_home = {"HOME": str(laptop / "home"), "TMPDIR": str(laptop / "tmp"), "QT_QPA_PLATFORM": "offscreen"}
    os.environ |= at_home | {
        "XDG_CONFIG_HOME": str(laptop / "home/config"),
        "XDG_DATA_HOME": str(laptop / "home/share"),
    }
    tempfile.tempdir = str(laptop / "tmp")
    traces.keep_deleted(laptop, laptop / "deleted-by-commands")
    marks = Marks()
    worker = Worker(laptop / "data", outside, marks)
    worker.begin()
    worker.live(homes)
    worker.call("read", worker.foreign_list())
    told = outside / "marks.json"
    command = [sys.executable, "-m", "tests.ui.marked_day", laptop / "data", worker.password, told]
    code = subprocess.run([str(one) for one in command], check=False, stderr=subprocess.DEVNULL).returncode
    return marks.planted | (json.loads(told.read_text(encoding="utf-8")) if told.exists() else {}), code


if __name__ == "__main__":
    sys.exit(main())
