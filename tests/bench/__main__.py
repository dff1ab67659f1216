"""`make bench`: ratios within one run, since absolute times on a laptop mean little.

`python -m tests.bench [--county] [NAME …]`; `--county` searches among 740 000 residents instead of 100 000.
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench import alike, exchanging, foreign_sheets, searching, storing, township, window

BENCHES: dict[str, Callable[[Path, bool], list[tuple[str, str, str]]]] = {
    "store": storing.run,
    "search": searching.run,
    "alike": alike.run,
    "exchange": exchanging.run,
    "foreign": foreign_sheets.run,
    "window": window.run,
    "township": township.run,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--county", action="store_true", help="search among 740 000 residents")
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []])
    given = parser.parse_args()
    for name in given.names or BENCHES:
        with tempfile.TemporaryDirectory(prefix="gridworker-bench-") as folder:
            for what, measured, aim in BENCHES[name](Path(folder), given.county):
                print(f"{name:9} {what:62} {measured:>26}   {aim}", flush=True)


if __name__ == "__main__":
    main()
