"""收表: the table by keys and mouse, an import beside the window, its problems, its undo."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gridworker.services import collect, conflicts
from gridworker.services.hand_in_states import MISSING, NONE
from gridworker.services.workspace import grid_id
from gridworker.ui import theme
from gridworker.ui.pages.collect_matrix import Columns
from gridworker.ui.pages.township import CHOICES
from gridworker.ui.pages.worker_page import ChoiceKey
from tests.services import edited_apart as apart
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
    qtbot.waitUntil(lambda: not page.imports.is_busy(), timeout=20_000)


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
    assert page.imports.working.isVisible()
    wait_for_import(qtbot, page)
    assert page.imports.files.isVisible()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_for_import(qtbot, page)
    assert page.imports.is_home()
    assert desk.window.message_bar.sentence().startswith("导入 1 个文件")
    line = next(line for line in collect.overview(desk.workspace).lines if line.code == "JX03")
    assert line.cells[-2].file == file.name
    desk.window.message_bar.undo()
    wait_for_import(qtbot, page)
    line = next(line for line in collect.overview(desk.workspace).lines if line.code == "JX03")
    assert line.cells[-2].state == NONE


def test_a_file_with_problems_stays_in_sight_after_the_import(qtbot, desk, page, tmp_path):
    (tmp_path / "名单.csv").write_text("姓名,联系电话,不认识的栏\n张三,1380013800,x\n", encoding="utf-8")
    page.imports.look_at([tmp_path / "名单.csv"])
    wait_for_import(qtbot, page)
    page.imports.take()
    wait_for_import(qtbot, page)
    assert page.imports.done.report.isVisible()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert page.problems.count() == 1
    page.problems._open("名单.csv")
    assert page.problems.cells.isVisible()
    page.problems.back.click()
    assert page.problems.files.isVisible()


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


def test_a_record_leads_to_its_choice_in_place_of_the_table(township, worker, qtbot, tmp_path):
    _needs, books = apart.two_books(worker, tmp_path, count=3)
    apart.take(township, *books)
    third = conflicts.open_choices(township)[2].record
    desk = open_desk(qtbot, township)
    desk.window.show_page("weekly", ChoiceKey(third))
    page = desk.window.page("collect")
    assert page.choices.card.current().record == third
    assert page.table.isHidden()
    close_desk(desk)


def test_a_watched_folder_comes_in_by_itself_and_its_plain_files_can_go(qtbot, desk, page, open_copy, tmp_path):
    folder = tmp_path / "收件"
    folder.mkdir()
    page.inbox.watch(folder)
    made = book(filled(open_copy, seed=2), folder, week="2026-W47")
    for _look in range(2):
        page.inbox.look()
        assert page.inbox._busy
        qtbot.waitUntil(lambda: not page.inbox._busy, timeout=10_000)
    qtbot.waitUntil(lambda: desk.window.message_bar.sentence().startswith("导入 1 个文件"), timeout=10_000)
    assert page.inbox.plain == [made]
    page.inbox.delete_plain()
    assert not made.exists()
    assert page.inbox.leftovers.isHidden()
    page.inbox.watch(None)
    assert not page.inbox._timer.isActive()
