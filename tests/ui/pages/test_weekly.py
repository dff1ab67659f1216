"""周报上报: what goes out, masked or full; the reply seen before it is taken, one-key choices, undo."""

import re
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QEventLoop, QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from gridworker.domain.ledgers import ledger
from gridworker.services import need_page
from gridworker.store.door import Change
from gridworker.ui.pages.undecided import UndecidedStrip
from tests.ui.worker_window import CTRL, open_window, press, rows_of
from tests.ui.worker_window import keys as type_keys

PASSWORD = "周报口令二〇二六"


@pytest.fixture
def window(qtbot, worker):
    made = open_window(qtbot, worker)
    made.show_page("weekly")
    return made


@pytest.fixture
def page(window):
    return window.page("weekly")


def wait(window):
    """Until no job runs; an event loop of Qt, since `qWait` would hold the interpreter from the job."""
    loop = QEventLoop()
    window.tasks.busy_changed.connect(lambda busy: None if busy else loop.quit())
    if window.tasks.is_busy():
        loop.exec()


def export(window, page, out, privacy="masked"):
    page.out.privacy.set_value(privacy)
    page.out.refresh()
    page.out.export_to(out)
    wait(window)
    return out


def filled_in(book: Path, out: Path, **cells):
    """The workbook as a township fills it in: cells of the first need's row by heading. Returns its number."""
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["诉求台账"]
    head = next(row for row in sheet.iter_rows(max_row=9) if any("乡镇答复" in str(cell.value) for cell in row))
    columns = {str(cell.value).replace("\n", ""): cell.column for cell in head if cell.value}
    for heading, value in cells.items():
        sheet.cell(head[0].row + 1, columns[heading]).value = value
    workbook.save(out)
    return str(sheet.cell(head[0].row + 1, columns["诉求编号"]).value).replace("\n", "")


def look_at(window, page, path):
    page.imports.look_at([path])
    wait(window)


def need_numbered(window, number):
    return next(row for row in rows_of(window.workspace, "need") if row.plain("number") == number)


def test_the_page_counts_what_the_workbook_then_holds(window, page, tmp_path):
    counts = {name: int(label.text()) for name, label in page.out._counts.items()}
    done = []
    page.out.left.connect(done.append)
    export(window, page, tmp_path / "周报.xlsx")
    assert done[0].counts == counts
    assert page.history.rows.count() == 1
    assert window.message_bar.sentence().startswith("已导出")


def test_a_text_that_stays_is_told_with_its_door_and_the_way_there(window, page, tmp_path):
    visit = rows_of(window.workspace, "visit")[-1]
    said = {"content": "问了社区矫正对象的事", "visited_at": window.workspace.today.isoformat()}
    window.workspace.write("set", Change(ledger("visit"), said, visit.id))
    shown = []
    page.navigate.connect(lambda name, key: shown.append((name, key.household)))
    export(window, page, tmp_path / "周报.xlsx")
    assert "1 处文字写到综治重点人员，没有随表（金江西苑" in window.message_bar.sentence()
    window.message_bar._verb.click()
    assert shown == [("households", visit.plain("household"))]


def test_confidential_needs_are_held_back_from_a_masked_book(window, page):
    need = rows_of(window.workspace, "need")[0]
    window.workspace.write("set", Change(ledger("need"), {"confidential": True, "closed_on": None}, need.id))
    page.out.privacy.set_value("masked")
    page.out.refresh()
    masked = int(page.out._counts["need"].text())
    assert "保密的 1 件" in page.out._notes.text()
    page.out.privacy.set_value("full")
    page.out.refresh()
    assert int(page.out._counts["need"].text()) == masked + 1


def test_full_is_the_default_with_a_password_and_encrypted(qtbot, worker, tmp_path):
    worker.store.set("report_password", PASSWORD)
    window = open_window(qtbot, worker, 20)
    window.show_page("weekly")
    page = window.page("weekly")
    assert page.out.privacy.value() == "full"
    book = export(window, page, tmp_path / "全.xlsx", "full")
    assert book.read_bytes()[:4] != b"PK\x03\x04"


def test_full_without_any_password_says_what_is_missing(window, page, tmp_path):
    page.out.privacy.set_value("full")
    page.out.refresh()
    assert page.out._password_row.isVisible()
    page.out.export_to(tmp_path / "无.xlsx")
    wait(window)
    assert page.history.rows.count() == 0
    assert not (tmp_path / "无.xlsx").exists()
    assert "密码" in page.out._password_row.error._sentence.text()
    assert page.out.password.hasFocus()


def test_last_week_and_own_days_are_counted_anew(window, page):
    now = page.out._counts["visit"].text()
    page.out.period.setFocus()
    type_keys("2")
    assert page.out.chosen().week == "2026-W47"
    assert page.out._counts["visit"].text() != now
    type_keys("3")
    assert page.out._own_days.isVisible()
    page.out._first.set_iso("2026-10-01")
    page.out.refresh()
    assert (page.out.chosen().first.isoformat(), page.out.chosen().week) == ("2026-10-01", "")


def test_the_sentence_for_the_chat_is_copied_by_its_key(page):
    press(Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert re.fullmatch(r"第48周 走访[0-9]+户 新增诉求[0-9]+件 办结[0-9]+件", QApplication.clipboard().text())
    assert page.out.chat.copy.text() == "已复制"
    QApplication.clipboard().clear()


def test_after_the_export_enter_copies_the_sentence(window, page, tmp_path):
    export(window, page, tmp_path / "周报.xlsx")
    press(Qt.Key.Key_Return)
    assert QApplication.clipboard().text() == page.out.chat.sentence.text()
    QApplication.clipboard().clear()


def test_own_days_have_a_sentence_of_their_own(page):
    page.out.period.setFocus()
    type_keys("3")
    page.out._first.set_iso("2026-11-17")
    page.out._last.set_iso("2026-11-20")
    page.out.refresh()
    assert page.out.chat.sentence.text().startswith("11月17日至11月20日 走访")


def test_a_reply_is_seen_before_it_is_taken_and_can_be_taken_back(window, page, tmp_path):
    book = export(window, page, tmp_path / "周报.xlsx")
    number = filled_in(book, tmp_path / "回复.xlsx", 乡镇答复="可以代办", 交办单位="县医保中心", 审核意见="通过")
    look_at(window, page, tmp_path / "回复.xlsx")
    rows = page.imports.files.details.rows
    shown = [rows._rows.row(place) for place in range(rows.count())]
    assert [(row.title, row.second) for row in shown if not row.heading] == [
        ("乡镇答复", "空 → 可以代办"),
        ("交办单位", "空 → 县医保中心"),
        ("审核意见", "空 → 通过"),
    ]
    assert need_numbered(window, number).plain("reply") is None
    press(Qt.Key.Key_Return, CTRL)
    wait(window)
    assert page.imports.is_home()
    assert window.message_bar.sentence().startswith("导入 1 个文件：新增 0，改动 1，")
    assert need_numbered(window, number).plain("reply") == "可以代办"
    assert need_page.read(window.workspace, need_numbered(window, number).id).reply.unconfirmed
    press(Qt.Key.Key_Z, CTRL)
    wait(window)
    assert need_numbered(window, number).plain("reply") is None


def test_esc_decides_against_a_file(window, page, tmp_path):
    book = export(window, page, tmp_path / "周报.xlsx")
    number = filled_in(book, tmp_path / "回复.xlsx", 乡镇答复="可以代办")
    look_at(window, page, tmp_path / "回复.xlsx")
    press(Qt.Key.Key_Escape)
    assert page.imports.is_home()
    assert page.out.period.isAncestorOf(QApplication.focusWidget())
    assert need_numbered(window, number).plain("reply") is None


def test_what_both_sides_changed_is_chosen_by_one_key(window, page, tmp_path):
    book = export(window, page, tmp_path / "周报.xlsx")
    number = filled_in(book, tmp_path / "回复.xlsx", 承办单位="镇建设所")
    need_page.change(window.workspace, need_numbered(window, number).id, {"unit": "镇住建办公室"})
    look_at(window, page, tmp_path / "回复.xlsx")
    assert "两边都改过 1 处" in page.imports.files.details.told.text()
    press(Qt.Key.Key_Return, CTRL)
    wait(window)
    assert page.imports.done.choices.hasFocus()
    press(Qt.Key.Key_Space)
    assert page.conflicts.hasFocus()
    window.show_page("needs", need_numbered(window, number).id)
    window.page("needs").panel.findChild(UndecidedStrip).asked.emit()
    assert window.current_page() == "weekly"
    assert page.conflicts.hasFocus()
    values = [side.value[0] for side in page.conflicts.card.current().sides]
    type_keys(str(values.index("镇建设所") + 1))
    assert need_numbered(window, number).plain("unit") == "镇建设所"
    assert not page.conflicts.isVisible()


def test_a_file_with_nothing_new_says_so(window, page, tmp_path):
    book = export(window, page, tmp_path / "周报.xlsx")
    look_at(window, page, book)
    assert "没有新内容" in page.imports.files.details.told.text()


def test_a_locked_file_asks_for_its_password(window, page, tmp_path):
    page.out.password.set_value(PASSWORD)
    book = export(window, page, tmp_path / "全.xlsx", "full")
    look_at(window, page, book)
    assert page.imports.files.details.password.hasFocus()
    assert not page.imports.files.take_button.isEnabled()
    page.imports.files.details.password.set_value(PASSWORD)
    press(Qt.Key.Key_Return)
    wait(window)
    assert not page.imports.files.details.is_asking()
    assert page.imports.files.take_button.isEnabled()


def test_a_file_that_is_no_workbook_is_one_sentence(window, page, tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    look_at(window, page, tmp_path / "坏.xlsx")
    assert "损坏" in page.imports.files.details.told.text()
    assert not page.imports.files.take_button.isEnabled()


def test_a_dropped_file_is_looked_at(window, page, tmp_path):
    book = export(window, page, tmp_path / "周报.xlsx")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(book))])
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.reply.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, none))
    wait(window)
    assert [one.path for one in page.imports.files.all_files()] == [book]


def test_the_page_fits_the_smallest_window(window, page, tmp_path):
    book = export(window, page, tmp_path / "周报.xlsx")
    number = filled_in(book, tmp_path / "回复.xlsx", 承办单位="镇建设所")
    need_page.change(window.workspace, need_numbered(window, number).id, {"unit": "镇住建办公室"})
    look_at(window, page, tmp_path / "回复.xlsx")
    page.imports.take()
    wait(window)
    page.imports.leave()
    QApplication.processEvents()
    assert page.conflicts.isVisible()
    smallest = QSize(1092, 574)
    assert window.minimumSizeHint().boundedTo(smallest) == window.minimumSizeHint()


def test_nothing_leaves_under_a_day_that_was_not_understood(window, page, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: asked.append(given) or ("", ""))
    page.out.period.setFocus()
    type_keys("3")
    page.out._first.setFocus()
    type_keys("qq")
    press(Qt.Key.Key_Return, CTRL)
    assert asked == []
    assert page.out._first.hasFocus()
    assert page.out._own_days.error.isVisible()
    assert "“qq”" in page.out._own_days.error._sentence.text()
    page.out.export_to(tmp_path / "周报.xlsx")
    wait(window)
    assert not (tmp_path / "周报.xlsx").exists()
    page.out._first.selectAll()
    type_keys("1116")
    press(Qt.Key.Key_Return, CTRL)
    assert len(asked) == 1
    assert not page.out._own_days.error.isVisible()
