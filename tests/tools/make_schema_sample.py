"""Make the sample of the present schema: a real store and real workbooks that every later release must read.

    python -m tests.tools.make_schema_sample tests/data/schema/1

Run once per released schema and never again for an old one. People are invented; the day is fixed.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from gridworker.domain.calendar import parse_week
from gridworker.domain.ledgers import ledger
from gridworker.services import demo, dump, export, intake, records
from gridworker.services import workspace as workspaces
from gridworker.services.export import Wish
from gridworker.services.period import Period
from gridworker.services.workspace import Opening, Workspace
from gridworker.store import copies

TODAY: Final = date(2026, 11, 25)
PASSWORD: Final = "三栋楼下桂花香"
"""Opens the store and the full workbook."""
WEEK: Final = Period.of_week(parse_week("2026-W48"))
WORKER: Final = Opening("worker", "陈晓芸", "JX03", "金江西苑3网格", "金江社区", "梅山镇")
TOWNSHIP: Final = Opening("township", "何静文", township="梅山镇")
BOOKS: Final = {
    "masked": Wish(full=False),
    "full": Wish(full=True, reason="样本", password=PASSWORD),
}


def make(target: Path) -> None:
    """Fill a folder with store, workbooks, and what they must say."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        worker, _code = workspaces.create(folder / "store", PASSWORD, WORKER, TODAY)
        _fill(worker)
        for form, wish in BOOKS.items():
            export.export(worker, WEEK, target / f"{form}.xlsx", wish)
            township, _code = workspaces.create(folder / form, PASSWORD, TOWNSHIP, TODAY)
            intake.take(township, [target / f"{form}.xlsx"], intake.Options(password=PASSWORD))
            _write(target / f"{form}.jsonl", dump.dump(township))
            township.close()
        _write(target / "dump.jsonl", dump.dump(worker))
        worker.close()
        for part in copies.PARTS:
            shutil.copy(folder / "store" / part, target / part)


def _fill(worker: Workspace) -> None:
    """Three households, edits over edits, something cleared and something deleted."""
    demo.fill(worker, 3, 3, 1)
    homes = [row[0] for row in worker.connection.execute("select id from household order by id")]
    visits = [row[0] for row in worker.connection.execute("select id from visit order by id")]
    records.change(worker, ledger("household"), homes[0], {"note": "改过一次", "phone": "19900001234"})
    records.change(worker, ledger("household"), homes[0], {"note": "改过两次", "building": "7"})
    records.change(worker, ledger("household"), homes[1], {"phone": ""})
    records.delete(worker, ledger("visit"), visits[0])


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
