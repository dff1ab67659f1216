"""Creating, editing, and how large it becomes; the anchor is raw `executemany` of the same rows into bare tables."""

import random
from pathlib import Path

from gridworker.domain.ledgers import ledger
from gridworker.services import demo
from gridworker.services.workspace import Workspace
from gridworker.store import door, engine, queries, rows
from gridworker.store.door import Change
from tests.bench.stores import a_worker, best_of, percentile, seconds

LEDGERS = ("household", "resident", "visit", "need", "followup")
HOUSEHOLDS = 4000


def run(folder: Path, _county: bool) -> list[tuple[str, str, str]]:
    source = a_worker(folder, "source")
    demo.fill(source, HOUSEHOLDS, 8)
    some = {name: queries.every(source.connection, name) for name in LEDGERS}
    count = sum(len(one) for one in some.values())
    raw = min(_raw(folder / f"raw{turn}.db", some) for turn in range(3))
    bare = min(_through_the_door(folder, f"bare{turn}", some, index=False) for turn in range(3))
    whole = min(_through_the_door(folder, f"whole{turn}", some, index=True) for turn in range(2))
    edits = _edits(source)
    size = _size(folder / "bare0" / "store.db") / _size(folder / "raw0.db")
    return [
        (f"create {count} records: door without search index / raw executemany", f"{bare / raw:.2f}x", "≤ 4x"),
        ("the same with the search index", f"{whole / raw:.2f}x", "reported"),
        ("one edit, p50 / p95", f"{percentile(edits, 0.5):.2f} / {percentile(edits, 0.95):.2f} ms", "≤ 5 ms"),
        ("store without search index / bare tables, bytes", f"{size:.2f}x", "reported"),
    ]


def _raw(path: Path, some: dict[str, list[rows.Row]]) -> float:
    """The same rows, the same columns and indexes, the same encrypted engine, one transaction."""
    from gridworker.store import schema

    connection = engine.connect(str(path))
    connection.execute("pragma key = \"x'" + "00" * 32 + "'\"")
    connection.execute("pragma journal_mode=WAL")
    connection.execute("pragma cache_size=-64000")
    prepared = {}
    for name, found in some.items():
        of = ledger(name)
        schema._sync(connection, of)
        prepared[name] = [rows.columns_of(of, row) for row in found]

    def insert() -> None:
        connection.execute("begin immediate")
        for name, columns in prepared.items():
            marks = ",".join("?" * len(columns[0]))
            connection.executemany(f'insert into "{name}" values({marks})', columns)
        connection.execute("commit")

    taken = seconds(insert)
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    return taken


def _through_the_door(folder: Path, name: str, some: dict[str, list[rows.Row]], *, index: bool) -> float:
    fresh = a_worker(folder, name)
    changes = [Change(ledger(of), row.values, row.id) for of, found in some.items() for row in found]
    deed = fresh.store.deed("bench")
    taken = seconds(lambda: door.write(fresh.connection, deed, changes, index=index))
    fresh.connection.execute("pragma wal_checkpoint(truncate)")
    fresh.close()
    return taken


def _edits(workspace: Workspace) -> list[float]:
    dice = random.Random(1)
    homes = queries.every(workspace.connection, "household")
    of = ledger("household")
    taken = []
    for turn in range(200):
        patch = {"phone": f"1990000{turn:04d}", "note": f"第{turn}次"}
        home = dice.choice(homes)
        taken.append(
            1000 * best_of(1, lambda patch=patch, home=home: workspace.write("bench", Change(of, patch, home.id)))
        )
    return taken


def _size(path: Path) -> int:
    return path.stat().st_size
