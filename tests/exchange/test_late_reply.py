"""The township types into an old workbook with a real program; weeks later it comes home over work done meanwhile."""

from pathlib import Path

import openpyxl
import pytest

from gridworker.domain.ledgers import ledger
from gridworker.services import intake, records, review
from tests.conftest import OpenCopy
from tests.office import Office
from tests.services.township_books import LAST_WEEK, book, filled

CLOSED = {"status": "closed", "result": "解决", "result_note": "已修好", "closed_on": "2026-11-25"}


@pytest.mark.office
@pytest.mark.parametrize("kind", [".xlsx", ".ods"])
def test_a_reply_typed_into_the_first_weeks_workbook_reopens_nothing(
    open_copy: OpenCopy, office: Office, tmp_path: Path, kind: str
) -> None:
    worker, township = filled(open_copy), open_copy("township")
    first = book(worker, tmp_path, LAST_WEEK)
    intake.take(township, [first])
    need = next(one.id for one in review.queue(township) if review.TO_REVIEW in one.queues)
    row = worker.row("need", need)
    assert row
    sheet = openpyxl.load_workbook(first)["诉求台账"]
    heads = {cell.value: cell.column_letter for line in sheet.iter_rows(min_row=3, max_row=3) for cell in line}
    line = next(line[0].row for line in sheet.iter_rows() if any(cell.value == row.plain("number") for cell in line))
    home = office.save(first, tmp_path / f"批过{kind}", {"诉求台账": {f"{heads['乡镇答复']}{line}": "周五来修"}})
    records.change(worker, ledger("need"), need, CLOSED)
    for week in ("2026-W48", "2026-W49"):
        book(worker, tmp_path, week)
    before = worker.row("need", need)
    assert intake.take(worker, [home]).files[0].conflicts == 0
    after = worker.row("need", need)
    assert before
    assert after
    assert {name for name in after.values if after.values[name] != before.values.get(name)} == {"reply"}
    assert after.plain("reply") == "周五来修"
