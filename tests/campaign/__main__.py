"""`python -m tests.campaign [N] [--seed S] [--jobs J]`: N random histories; the first that breaks a law is named."""

import argparse
import os
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from pathlib import Path
from random import Random

from gridworker.i18n import use_language
from tests.campaign import laws
from tests.campaign.devices import Pool, ids_by, in_short, read_once_each
from tests.campaign.histories import History

CHUNK = 50
"""Histories a process plays before it takes the next lot."""
WHOLE = 50
"""One history in so many has whole workbooks, the full ones really encrypted."""


def play(folder: Path, seeds: range) -> str:
    """Play the histories of these seeds; the account of the first that breaks a law, else empty."""
    use_language("zh_CN")
    with tempfile.TemporaryDirectory(dir=folder) as name:
        pool = Pool(Path(name))
        for seed in seeds:
            try:
                play_one(pool, Path(name) / "books", seed)
            except Exception:
                return f"seed {seed}:\n{traceback.format_exc()}"
    return ""


def play_one(pool: Pool, books: Path, seed: int) -> None:
    """One history and its laws."""
    books.mkdir(exist_ok=True)
    try:
        with ExitStack() as stack:
            stack.enter_context(ids_by(seed))
            stack.enter_context(read_once_each())
            if seed % WHOLE:
                stack.enter_context(in_short())
            history = History(pool, books, Random(seed))
            history.play()
            laws.check(history)
    finally:
        pool.take_back()
        shutil.rmtree(books)


def _lots(first: int, count: int) -> Iterator[range]:
    for start in range(first, first + count, CHUNK):
        yield range(start, min(start + CHUNK, first + count))


def main() -> int:
    """Play, tell how many and how long."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaign")
    parser.add_argument("histories", nargs="?", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    memory = Path("/dev/shm")
    begun, done = time.monotonic(), 0
    with (
        tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder,
        ProcessPoolExecutor(asked.jobs) as processes,
    ):
        lots = {processes.submit(play, Path(folder), lot): lot for lot in _lots(asked.seed, asked.histories)}
        for one in as_completed(lots):
            if one.result():
                processes.shutdown(wait=False, cancel_futures=True)
                print(one.result(), file=sys.stderr)
                return 1
            done += len(lots[one])
            print(f"\r{done} of {asked.histories} histories, {time.monotonic() - begun:.0f} s", end="", flush=True)
    print(f"\nno law broken in {done} histories")
    return 0


if __name__ == "__main__":
    sys.exit(main())
