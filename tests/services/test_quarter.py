"""A township's weeks from real workbooks, late, missing, repeated, edited, returned: every number counted again."""

import re

import openpyxl

from gridworker.domain.calendar import week_of
from gridworker.services import figures, proof
from gridworker.services.period import Period
from tests import quarter


def test_every_number_equals_a_plain_count_over_the_dump(open_copy, tmp_path):
    township = quarter.build(lambda: open_copy("township", quarter.TODAY), tmp_path, workers=3, weeks=2, households=6)
    told = quarter.check(township, weeks=2)
    assert told.different == []
    assert (told.equal > 300, told.proved > 50) == (True, True)
    _check_workbook(township, tmp_path / "核对表.xlsx")


def _check_workbook(township, out):
    """The proof sheet names the file and the sheet of every record, and tells nobody's name."""
    period = Period.of_week(week_of(quarter.TODAY))
    line = figures.table(township, period, "grid").lines_[0]
    table = proof.read(township, period, "grid", line.key, "closing")
    proof.write(township, table, period, out)
    rows = list(openpyxl.load_workbook(out).active.iter_rows(min_row=4, values_only=True))
    assert len({row[1] for row in rows}) == len(table.records) == line.measures["closing"].denominator
    assert {(row[2].endswith(".xlsx"), row[3].split("!")[0]) for row in rows} == {(True, "诉求台账")}
    assert all(
        re.fullmatch(r"诉求台账![A-Z]+[0-9]+(:[A-Z]+[0-9]+)?(,[A-Z]+[0-9]+)*", row[3]) for row in rows
    )  # with its cells
