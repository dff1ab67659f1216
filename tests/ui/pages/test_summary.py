"""汇总: figures with their fractions, weeks and ways to list, unknown is never nought."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from gridworker.domain.calendar import parse_week
from gridworker.services import figures, overview
from gridworker.services.overview import Figure
from gridworker.services.period import Period
from gridworker.services.workspace import grid_id
from gridworker.ui import theme
from gridworker.ui.pages.charts_dialog import ChartsDialog
from gridworker.ui.pages.proof_dialog import ProofDialog
from gridworker.ui.pages.summary import rate
from gridworker.ui.pages.summary_out import OutDialog
from gridworker.ui.printing.preview import PrintDialog
from tests.ui.township_window import close_desk, open_desk, with_books

WEEK = parse_week("2026-W48")
NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture
def desk(qtbot, township, open_copy, tmp_path):
    made = open_desk(qtbot, with_books(township, open_copy, tmp_path), "summary")
    qtbot.waitUntil(lambda: made.window.page("summary").table.count() > 0, timeout=10_000)
    yield made
    close_desk(made)


@pytest.fixture
def page(desk):
    return desk.window.page("summary")


def marks(page, number):
    return [mark.text for mark in page.table._rows.row(number).marks]


def test_a_grid_whose_book_is_missing_shows_dashes(page):
    assert marks(page, 1) == ["未交"] + ["—"] * 8
    assert "—" not in marks(page, 0)[3]


def test_the_numbers_are_those_of_the_command_line(desk, page):
    line = figures.table(desk.workspace, Period.of_week(WEEK), "grid").lines_[0]
    coverage = line.measures["coverage"]
    assert marks(page, 0)[0] == f"{coverage.numerator}/{coverage.denominator}"
    assert page.tiles["coverage"].rate.text() == rate(coverage)
    days, callback = line.measures["days"], line.measures["callback"]
    assert marks(page, 0)[6:8] == ["—" if days.value is None else str(days.value), rate(callback)]
    assert (days.value is None) is ("中位" not in page.balance.text())
    assert f"= {line.measures['open'].numerator}　小事不出村 " in page.balance.text()


def test_totals_are_rates_of_sums():
    lines = [
        figures.Line("a", "a", {"closing": Figure(1, 2), "visits": Figure(3)}),
        figures.Line("b", "b", {"closing": Figure(0, 8), "visits": Figure(4)}),
    ]
    assert overview.total(lines) == {"closing": Figure(1, 10), "visits": Figure(7)}


def test_no_denominator_is_no_rate():
    assert rate(None) == rate(Figure(0, 0)) == "—"
    assert rate(Figure(1, 3)) == "33.3%"


def test_arrows_go_through_the_weeks_and_never_into_the_future(qtbot, page):
    QTest.keyClick(page.table, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: page.heading.detail.startswith("第47周"), timeout=10_000)
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.heading.detail.startswith("第48周"), timeout=10_000)
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    assert page.week.text() == "第48周"
    assert not page.forth.isEnabled()


def test_other_ways_to_list(qtbot, desk, page):
    page.by.set_value("kind")
    page.refresh()
    kinds = figures.table(desk.workspace, Period.of_week(WEEK), "kind").lines_
    qtbot.waitUntil(lambda: page.table.count() == len(kinds), timeout=10_000)
    assert page.title.text() == "各类别"
    assert [page.table._rows.row(number).title for number in range(len(kinds))] == [one.label for one in kinds]


def test_a_line_opens_on_the_records_behind_its_numbers(qtbot, desk, page):
    page.table.opened.emit(page.table.current_key())
    (dialog,) = desk.window.findChildren(ProofDialog)
    dialog.measure.set_value("closing")
    dialog._read()
    qtbot.waitUntil(lambda: bool(dialog._table and dialog._table.measure == "closing"), timeout=10_000)
    line = figures.table(desk.workspace, Period.of_week(WEEK), "grid").lines_[0]
    assert dialog.rows.count() == line.measures["closing"].denominator > 0
    assert dialog._table.figure == line.measures["closing"]
    assert ".xlsx" in dialog.rows._rows.row(0).second
    dialog.reject()


def test_every_grid_stands_on_one_page_and_kinds_by_month(qtbot, desk, page):
    QTest.keyClick(page.table, Qt.Key.Key_G)
    (dialog,) = desk.window.findChildren(ChartsDialog)
    qtbot.waitUntil(lambda: dialog._found is not None, timeout=10_000)
    panels, table = dialog._found
    lines = figures.table(desk.workspace, Period.of_week(WEEK), "grid").lines_
    for panel, line in zip(panels, lines, strict=True):
        ends = {
            name: each.values[-1] for name, each in zip(("open", "new", "closed"), panel.picture.series, strict=True)
        }
        assert ends == {name: line.measures[name].numerator for name in ends}
    november = next(one for one in figures.lines(desk.workspace, *NOVEMBER, "month") if one.key == "2026-11")
    assert sum(numbers[-1] for _name, numbers in table.lines) == november.measures["new"].numerator > 0
    before = dialog.charts.grab().toImage()
    dialog.which.set_value("kinds")
    dialog._show()
    assert dialog.charts.grab().toImage() != before
    QTest.keyClick(dialog, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    (printed,) = desk.window.findChildren(PrintDialog)
    assert not dialog.isVisible()
    assert panels[0].label in printed.paper.text()
    printed.reject()


def test_b_leads_to_the_buildings_of_a_grid(desk, page):
    QTest.keyClick(page.table, Qt.Key.Key_B)
    shown = desk.window.page("buildings")
    assert desk.window.current_page() == "buildings"
    home = desk.workspace.row("household", shown.doors.current_key())
    assert home.plain("grid") == grid_id(page.table.current_key())


def test_the_trend_ends_with_what_is_open_now(desk):
    found = overview.trend(desk.workspace, WEEK)
    line = figures.table(desk.workspace, Period.of_week(WEEK), "grid").lines_[0]
    assert len(found.weeks) == 13
    assert found.open[-1] == line.measures["open"].numerator
    assert all(
        before + new - closed == after
        for before, new, closed, after in zip(found.open, found.new[1:], found.closed[1:], found.open[1:], strict=False)
    )


@pytest.mark.parametrize("scheme", [theme.LIGHT, theme.DARK])
@pytest.mark.parametrize("scale", theme.SCALES)
def test_the_page_fits_the_smallest_window(desk, page, scheme, scale):
    theme.apply(scheme, scale, bundled_font=True)
    desk.window.resize(1092, 574)
    QApplication.processEvents()
    least = desk.window.minimumSizeHint()
    assert page.isVisible()
    assert least.width() <= 1092
    assert least.height() <= 574


def test_the_workbook_the_brief_and_the_notice_leave_by_keys(qtbot, desk, page, tmp_path, monkeypatch):
    told = []
    page.said.connect(lambda message: told.append(message.sentence))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "汇总.xlsx"), ""))
    QTest.keyClick(page.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), OutDialog))
    dialog = QApplication.activeModalWidget()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: told == ["汇总表已写出（遮住版）：汇总.xlsx"], timeout=10_000)
    page.out.copy_notice(page._week)
    qtbot.waitUntil(lambda: len(told) == 2, timeout=10_000)
    assert "梅山镇网格工作公示" in QApplication.clipboard().mimeData().html()
    QApplication.clipboard().clear()
    page.out.show_brief(page._week)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PrintDialog), timeout=10_000)
    preview = QApplication.activeModalWidget()
    assert (preview.pages.count(), preview._wrong.isHidden()) == (2, True)
    drawn = [cell.picture for row in preview.paper.rows for cell in row.cells if cell.picture]
    assert drawn == [page.trend.shown, page.kinds.shown]
    preview.close()
