"""Search per keystroke, through the service that the window calls."""

import random
from pathlib import Path

from gridworker.domain import values
from gridworker.domain.text.parsed import Parsed
from gridworker.services import demo, search
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from tests.bench.stores import a_worker, percentile, seconds


def run(folder: Path, county: bool) -> list[tuple[str, str, str]]:
    workspace = a_worker(folder)
    _spread_phones()
    counts = demo.fill(workspace, 285_000 if county else 39_000, 0)
    dice = random.Random(7)
    residents = dice.sample(queries.every(workspace.connection, "resident"), 300)
    homes = dice.sample(queries.every(workspace.connection, "household"), 100)
    names = [row.plain("name") for row in residents[:100]]
    phones = [row.plain("phone") for row in residents if row.plain("phone")][:60]
    doors = ["-".join(str(row.plain(part)) for part in ("building", "unit", "room")) for row in homes]
    estates = [
        f"{row.plain('estate')}{row.plain('building')}栋{row.plain('unit')}单元{row.plain('room')}" for row in homes
    ]
    asked = {
        "names": _prefixes(names),
        "pinyin": _prefixes(["zhangwei", "wangguifang", "lgf", "chenxiaoyan", "shanzq", "oyzq", "lvhy"]),
        "phone": _prefixes(phones) + [phone[-4:] for phone in phones],
        "address": _prefixes(doors, 3) + estates,
        "combined": [f"{name[0]} {door}" for name, door in zip(names, doors, strict=True)],
    }
    aims = {"address": "p95 ≤ 12 ms", "combined": "p95 ≤ 12 ms"}
    lines = []
    for what, some in asked.items():
        taken = [_ask(workspace, one) for one in some]
        shown = f"{percentile(taken, 0.5):.2f} / {percentile(taken, 0.95):.2f} / {max(taken):.2f} ms"
        told = f"{what} among {counts['resident']} residents, p50 / p95 / max"
        lines.append((told, shown, aims.get(what, "p95 ≤ 5 ms")))
    return lines


def _spread_phones() -> None:
    """Numbers as various as real ones, from a range that no operator has: the demo's ten thousand would repeat."""
    unassigned = random.Random(3)
    demo._Maker.phone = lambda _maker: f"12{unassigned.randrange(10**9):09d}"
    values.phone.parse = Parsed


def _prefixes(some: list[str], first: int = 1) -> list[str]:
    return [one[:length] for one in some for length in range(first, len(one) + 1)]


def _ask(workspace: Workspace, query: str) -> float:
    return 1000 * seconds(lambda: search.search(workspace, query, 20))
