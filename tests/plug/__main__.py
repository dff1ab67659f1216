"""`python -m tests.plug [--step N] [--deed NAME]`: every deed, every write, every way; a table of states found."""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from gridworker.i18n import use_language
from tests.plug.deeds import DEEDS, Deed
from tests.plug.plug import WAYS
from tests.plug.trials import AFTER, BEFORE, Stage


def main() -> int:
    """Print the table; 1 when anything was neither before nor after, or left something behind."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--step", type=int, default=1, help="only every so many-th write")
    parser.add_argument("--deed", help="only this deed")
    given = parser.parse_args()
    use_language("zh_CN")
    print("| deed | writes | way | plugs pulled | before | after | told plainly | at fault |\n|" + "---|" * 8)
    chosen = [one for one in DEEDS if given.deed in (None, one.name)]
    faults = [fault for one in chosen for fault in pull_all(one, given.step)]
    print(*faults[:40], sep="\n")
    return 1 if faults else 0


def pull_all(deed: Deed, step: int) -> list[str]:
    """All trials of a deed: its lines of the table, and what was at fault."""
    faults = []
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        stage = Stage(deed, Path(folder))
        for way in WAYS:
            seen: Counter[str] = Counter()
            for at in range(0, stage.writes, step):
                found = stage.try_once(at, way)
                seen.update(
                    ["all", found.state, *(["told"] if found.told else []), *(["fault"] if found.faults else [])]
                )
                faults += [f"{deed.name}, write {at} of {stage.writes}, {way}: {fault}" for fault in found.faults]
            cells = (seen[one] for one in ("all", BEFORE, AFTER, "told", "fault"))
            print(f"| {deed.name} | {stage.writes} | {way} |", " | ".join(map(str, cells)), "|", flush=True)
    return faults


def _memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


if __name__ == "__main__":
    sys.exit(main())
