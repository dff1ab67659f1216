"""`python -m tests.fuzz [COUNT] [--seed N] [--keep FOLDER] [--only NUMBER]`: so many hostile workbooks; a table."""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from time import monotonic
from typing import Final

from msoffcrypto.method.ecma376_agile import ECMA376Agile

from gridworker.exchange.child import Child
from gridworker.i18n import use_language
from gridworker.services import demo
from gridworker.services import workspace as workspaces
from gridworker.services.workspace import Workspace
from tests.conftest import A_TOWNSHIP, A_WORKER, TODAY
from tests.fuzz import seeds
from tests.fuzz.mutate import mutated
from tests.fuzz.seeds import Seed
from tests.fuzz.stage import Outcome, Stage

TOGETHER: Final = 100
"""Files taken into one store before everything is written from it, checked and put back."""
_MARKED: Final = 5
_FILLED: Final = 15
"""One file in so many is marked, or filled as a form."""


class Run:
    """Two stages and the seeds; file by file."""

    def __init__(self, folder: Path, child: Child) -> None:
        worker, township = _store(folder, A_WORKER), _store(folder, A_TOWNSHIP)
        demo.fill(worker, 6, 2)
        self.seeds = seeds.gather(worker, township, folder)
        self.stages = [Stage(one, folder / f"stage-{one.store.role}", child) for one in (worker, township)]

    def file(self, seed: int, number: int) -> tuple[Seed, str, bytes]:
        """The file of this number, always the same."""
        dice = Random(f"{seed}:{number}")
        own = [one for one in self.seeds if one.kind in {"ours", "ours full", "reply", "feedback", "summary", "locked"}]
        source = dice.choice(own if dice.random() < 0.4 else self.seeds)
        return (source, *mutated(source, dice.choice(self.seeds), dice))

    def try_one(self, seed: int, number: int) -> tuple[Seed, str, bytes, Outcome]:
        """One file through the path."""
        source, ways, data = self.file(seed, number)
        stage = self.stages[number // TOGETHER % 2]
        name = f"{number}_{source.name}"
        return (
            source,
            ways,
            data,
            stage.try_file(name, data, marks=number % _MARKED == 0, as_form=number % _FILLED == 0),
        )

    def settle(self) -> list[str]:
        """Everything written from the stores."""
        return [fault for stage in self.stages for fault in stage.settle()]


def _store(folder: Path, opening: workspaces.Opening) -> Workspace:
    return workspaces.create(folder / opening.role, seeds.PASSWORD, opening, TODAY)[0]


@contextmanager
def quickly_locked() -> Iterator[None]:
    """A hundredth of the rounds that make guessing passwords slow."""
    before = ECMA376Agile.encrypt
    ECMA376Agile.encrypt = staticmethod(partial(before, spin_count=1000))  # type: ignore[method-assign]
    try:
        yield
    finally:
        ECMA376Agile.encrypt = before  # type: ignore[method-assign]


class Table:
    """What became of all files."""

    def __init__(self) -> None:
        self.kinds, self.by_seed = Counter[str](), Counter[tuple[str, str]]()
        self.asked, self.slowest, self.largest, self.faults = 0, 0.0, 0, 0

    def count(self, source: Seed, one: Outcome) -> None:
        """One more file."""
        self.kinds[one.kind] += 1
        self.by_seed[source.kind, one.kind.partition(",")[0].partition(":")[0]] += 1
        self.asked += one.asked
        self.slowest, self.largest = max(self.slowest, one.seconds), max(self.largest, one.memory)

    def lines(self) -> Iterator[str]:
        """For people."""
        whole = sum(self.kinds.values())
        yield "| outcome | files |\n|---|---|"
        yield from (f"| {kind} | {count} |" for kind, count in self.kinds.most_common())
        yield f"| all | {whole} |"
        yield "by seed: " + ", ".join(f"{seed} {kind} {count}" for (seed, kind), count in sorted(self.by_seed.items()))
        yield f"asked {self.asked}, slowest {self.slowest:.1f} s, largest {self.largest / 1e6:.0f} MB"
        yield f"faults {self.faults}"


def main() -> int:
    """Run; 1 when a law was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("count", nargs="?", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--only", type=int, help="this file alone")
    parser.add_argument("--keep", type=Path, help="where to put files that broke a law")
    given = parser.parse_args()
    use_language("zh_CN")
    numbers = range(given.start, given.start + given.count) if given.only is None else range(given.only, given.only + 1)
    memory = Path("/dev/shm")
    child = Child()
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder, quickly_locked():
        table = _run(Run(Path(folder), child), given.seed, numbers, given.keep)
        child.close()
    return 1 if table.faults else 0


def _run(run: Run, seed: int, numbers: range, keep: Path | None) -> Table:
    table, began = Table(), monotonic()
    for number in numbers:
        source, ways, data, one = run.try_one(seed, number)
        table.count(source, one)
        late = run.settle() if number % TOGETHER == TOGETHER - 1 or number == numbers[-1] else []
        for fault in (*one.faults, *late):
            table.faults += 1
            print(f"FAULT {number} {source.name} [{ways}] {one.kind}: {fault}", flush=True)
            if keep:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{number}_{source.name}").write_bytes(data)
        if number % 500 == 499:
            print(f"{number + 1} after {monotonic() - began:.0f} s, faults {table.faults}", flush=True)
    print(*table.lines(), sep="\n", flush=True)
    return table


if __name__ == "__main__":
    sys.exit(main())
