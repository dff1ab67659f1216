"""The sheets of small charts and of kinds by month, as openpyxl reads them back."""

import io
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from gridworker.exchange import fresh_book, trend_sheets
from gridworker.exchange.styles import Styles
from gridworker.exchange.trend_sheets import UnitTrend
from tests.fuzz import planted

WEEKS = ("46周", "47周", "48周")
UNITS = [UnitTrend(f"JX{n:02}", f"{n}网格", ((n, 5, 2), (1, 0, n), (0, 1, 1))) for n in range(4)]


@pytest.fixture
def book():
    buffer, workbook = fresh_book.begun()
    trends, months = workbook.add_worksheet("各网格图"), workbook.add_worksheet("类别按月")
    styles = Styles(workbook)
    trend_sheets.write_trends(workbook, trends, styles, 2, WEEKS, UNITS)
    trend_sheets.write_months(months, styles, 2, ("10月", "11月"), [("就业", (0, 6)), ("物业", (2, 1))])
    workbook.close()
    return load_workbook(io.BytesIO(buffer.getvalue()))


def test_each_unit_has_a_chart_of_its_own_numbers_and_all_one_scale(book):
    sheet = book["各网格图"]
    assert len(sheet._charts) == len(UNITS)
    assert {chart.y_axis.scaling.max for chart in sheet._charts} == {5}
    for chart, unit in zip(sheet._charts, UNITS, strict=True):
        for series, line in zip(chart.series, unit.lines, strict=True):
            area = series.val.numRef.f.partition("!")[2].replace("$", "")
            assert [cell.value for cell in sheet[area][0]] == list(line)
        weeks = chart.series[0].cat.strRef.f.partition("!")[2].replace("$", "")
        assert tuple(cell.value for cell in sheet[weeks][0]) == WEEKS


@pytest.mark.parametrize("name", ["丽景!A1", "=丽景!$A$1", *planted.PAYLOADS[:-1]])
def test_the_name_of_a_grid_is_no_reference(name):
    buffer, workbook = fresh_book.begun()
    units = [UnitTrend("JX03", name, UNITS[0].lines), UnitTrend("", name, UNITS[0].lines)]
    trend_sheets.write_trends(workbook, workbook.add_worksheet("各网格图"), Styles(workbook), 2, WEEKS, units)
    workbook.close()
    assert planted.smuggled(buffer.getvalue()) == []
    with ZipFile(buffer) as archive:
        assert "丽景!" not in "".join(archive.read(f"xl/charts/chart{n}.xml").decode() for n in (1, 2))


def test_kinds_by_month_add_up_by_formula_on_warm_ground(book):
    sheet = book["类别按月"]
    assert [cell.value for cell in sheet[5]] == ["物业", 2, 1, "=SUM(B5:C5)"]
    assert [cell.value for cell in sheet[6]] == ["合计", "=SUM(B4:B5)", "=SUM(C4:C5)", "=SUM(D4:D5)"]
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["B4:C5"]
