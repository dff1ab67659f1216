"""Possible duplicates among a hundred thousand residents, and what the list of needs asks."""

import random
from functools import partial
from pathlib import Path

from gridworker.services import demo, needs_list
from gridworker.services.likely_same import likely
from gridworker.services.needs_list import Wish
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row
from tests.bench.searching import _spread_phones
from tests.bench.stores import a_worker, best_of, percentile, seconds

_GIVEN = {
    "household": ("estate", "building", "unit", "room", "head", "phone"),
    "resident": ("household", "name", "id_no", "phone", "birth"),
    "need": ("household", "kind", "content"),
}


def run(folder: Path, county: bool) -> list[tuple[str, str, str]]:
    workspace = a_worker(folder)
    _spread_phones()
    counts = demo.fill(workspace, 285_000 if county else 39_000, 0)
    dice = random.Random(7)
    lines = []
    for name, fields in _GIVEN.items():
        rows = dice.sample(queries.every(workspace.connection, name), 60)
        taken = [1000 * seconds(partial(_ask, workspace, row, fields)) for row in rows]
        shown = f"{percentile(taken, 0.5):.1f} / {percentile(taken, 0.95):.1f} / {max(taken):.1f} ms"
        told = f"like a {name} among {counts['resident']} residents, p50 / p95 / max"
        lines.append((told, shown, "p95 ≤ 100 ms"))
    counted = 1000 * best_of(3, lambda: needs_list.counts(workspace))
    sorted_ids = 1000 * best_of(3, lambda: needs_list.ids(workspace, Wish(needs_list.ALL)))
    lines.append((f"filters counted over {counts['need']} needs", f"{counted:.1f} ms", ""))
    lines.append((f"{counts['need']} needs in order", f"{sorted_ids:.1f} ms", ""))
    return lines


def _ask(workspace: Workspace, row: Row, fields: tuple[str, ...]) -> object:
    given = {name: row.plain(name) for name in fields if row.plain(name) is not None}
    return likely(workspace, row.ledger, given)
