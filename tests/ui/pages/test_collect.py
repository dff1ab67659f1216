"""收表: the table by keys and mouse, an import beside the window, its problems, its undo."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gridworker.services import collect
from gridworker.services.hand_in_states import MISSING, NONE
from gridworker.services.workspace import grid_id
from gridworker.ui import theme
from gridworker.ui.pages.collect_matrix import Columns
from gridworker.ui.pages.township import CHOICES
from tests.services.township_books import LAST_WEEK, book, filled
from tests.ui.township_window import close_desk, open_desk, with_books


@pytest.fixture
def desk(qtbot, township, open_copy, tmp_path):
    made = open_desk(qtbot, with_books(township, open_copy, tmp_path), "collect")
    yield made
    close_desk(made)


@pytest.fixture
def page(desk):
    return desk.window.page("collect")


def wait_for_import(qtbot, page):
    qtbot.waitUntil(lambda: page._job is None, timeout=20_000)


def test_tiles_and_table_tell_the_week(page):
    assert page.tiles["in"].number.text() == "1"
    assert page.tiles["in"].unit.text() == "/ 2"
    assert page.tiles[MISSING].number.text() == "1"
    assert page.matrix.codes() == ["JX03", "YS01"]
    assert page.matrix.hasFocus()
    assert page.remind.sentence.text() == "第48周 还差：YS01 何玉兰"


def test_the_tile_of_the_missing_shows_only_them(qtbot, page):
    qtbot.mouseClick(page.tiles[MISSING], Qt.MouseButton.LeftButton)
    assert page.matrix.codes() == ["YS01"]
    assert page.filter.value() == "lacking"


def test_a_community_narrows_the_table(page):
    page.community.setCurrentIndex(page.community.findText("金江社区"))
    assert page.matrix.codes() == ["JX03"]


def test_the_sentence_is_copied(page):
    page.remind.copy_sentence()
    assert QApplication.clipboard().text() == page.remind.sentence.text()
    assert page.remind.copy.text() == "已复制"


def test_dropped_files_come_in_and_can_be_taken_back(qtbot, desk, page, open_copy, tmp_path):
    file = book(filled(open_copy), tmp_path, LAST_WEEK)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    page.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    assert page.importing.isVisible()
    wait_for_import(qtbot, page)
    assert not page.importing.isVisible()
    assert desk.window.message_bar.sentence().startswith("导入 1 个文件")
    line = next(line for line in collect.overview(desk.workspace).lines if line.code == "JX03")
    assert line.cells[-2].file == file.name
    desk.window.message_bar.undo()
    line = next(line for line in collect.overview(desk.workspace).lines if line.code == "JX03")
    assert line.cells[-2].state == NONE


def test_a_broken_file_is_named_with_its_remedy(qtbot, page, tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    page.take([tmp_path / "坏.xlsx"])
    wait_for_import(qtbot, page)
    assert page.problems.count() == 1
    page.problems._open("坏.xlsx")
    assert page.problems.cells.isVisible()
    assert page.problems.cells.count() == 1
    page.problems.back.click()
    assert page.problems.files.isVisible()


def test_a_book_under_another_password_asks_for_it_and_comes_in(qtbot, page, open_copy, tmp_path):
    from gridworker.services.export import Wish

    worker = filled(open_copy)
    file = book(worker, tmp_path, LAST_WEEK, "加密.xlsx", Wish(full=True, reason="上报", password="别的密码二〇二六"))
    page.take([file])
    wait_for_import(qtbot, page)
    assert page.problems.files.count() == 1
    page.problems._open("加密.xlsx")
    assert page.problems.question.isVisible()
    QTest.keyClicks(page.problems.field, "x")
    page.problems.field.setText("别的密码二〇二六")
    QTest.keyClick(page.problems.field, Qt.Key.Key_Return)
    wait_for_import(qtbot, page)
    assert page.problems.count() == 0


def test_the_history_offers_undo_for_each_file(qtbot, desk, page):
    page.problems.tabs.set_value("history")
    page.problems._show()
    assert page.problems.history.count() == 1
    page.undo(page.problems.history.current_key() or page.problems.history._rows.row(0).key)
    assert desk.window.message_bar.sentence().startswith("已撤回")
    assert page.problems.history._rows.row(0).verb == ""


def test_esc_stops_an_import(qtbot, desk, page, open_copy, tmp_path):
    worker = filled(open_copy)
    page.take([book(worker, tmp_path, LAST_WEEK, "一.xlsx"), book(worker, tmp_path, LAST_WEEK, "二.xlsx")])
    page.cancel()
    wait_for_import(qtbot, page)
    assert desk.window.message_bar.sentence().startswith("已停下")


def test_a_grid_found_by_the_search_becomes_current(desk, page):
    desk.window.show_page("collect", grid_id("YS01"))
    assert page.matrix.current_code() == "YS01"
    desk.window.show_page("collect", CHOICES)
    assert not page.choices.isVisible()  # nothing waits for a choice


def test_a_tile_says_its_file(page):
    columns = Columns(page.matrix.viewport().width(), 8)
    assert columns.place_at(columns.tile_box(page.matrix.rect(), 7).center().x()) == 7
    assert columns.place_at(3) == -1
    spoken = page.matrix.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "第48周 已交" in spoken
    assert ".xlsx" in spoken


def test_states_differ_without_colour(page, desk):
    """A tick and a dashed frame: the two tiles differ in grey too."""
    image = page.matrix.viewport().grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    columns = Columns(page.matrix.viewport().width(), 8)
    height = page.matrix.rowHeight(0)
    tiles = [columns.tile_box(page.matrix.rect(), 7).translated(0, line * height) for line in range(2)]
    pictures = [image.copy(box.left(), line * height + 3, box.width(), height - 7) for line, box in enumerate(tiles)]
    assert pictures[0] != pictures[1]


@pytest.mark.parametrize("scheme", [theme.LIGHT, theme.DARK])
@pytest.mark.parametrize("scale", theme.SCALES)
def test_the_page_fits_the_smallest_window(desk, page, scheme, scale):
    theme.apply(scheme, scale, bundled_font=True)
    desk.window.show_page("collect")
    QApplication.processEvents()
    least = desk.window.minimumSizeHint()
    assert least.width() <= 1092
    assert least.height() <= 574


def test_an_empty_township_says_what_to_do(qtbot, township):
    desk = open_desk(qtbot, township, "collect")
    page = desk.window.page("collect")
    assert page.empty.isVisible()
    assert not page.matrix.isVisible()
    assert page.size() != QSize()
    close_desk(desk)
