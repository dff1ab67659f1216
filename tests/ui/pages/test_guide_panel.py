"""办事指南 beside the forms: F7 opens and closes it, the focus stays, what is typed is never hidden."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel

from gridworker.services import policy
from gridworker.ui import theme
from gridworker.ui.pages.guide_edit import GuideDialog
from gridworker.ui.pages.need_edit import NeedDialog
from gridworker.ui.pages.need_new import NewNeedDialog
from gridworker.ui.pages.sheet_need import LineNeedDialog
from gridworker.ui.pages.worker_page import HouseholdKey
from gridworker.ui.widgets.button import Button
from tests.ui.worker_window import CTRL, open_window, press, rows_of
from tests.ui.worker_window import keys as type_keys

Key = Qt.Key


@pytest.fixture(params=[(1366, 768), (1092, 574)], ids=["1366", "1092"])
def window(qtbot, worker, request):
    made = open_window(qtbot, worker)
    made.resize(*request.param)
    QApplication.processEvents()
    return made


@pytest.fixture
def page(window):
    window.show_page("households", HouseholdKey(rows_of(window.workspace, "household")[0].id))
    QApplication.processEvents()
    return window.page("households")


def hear(typed):
    """A need of this kind on the form at hand."""
    press(Key.Key_F4)
    type_keys(typed)
    press(Key.Key_Return)


def words(panel):
    return [one.text() for one in panel.findChildren(QLabel) if one.isVisible()]


def box(widget):
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def is_seen(widget):
    """Whether the whole of a widget lies in the visible part of everything around it."""
    return widget.visibleRegion().boundingRect() == widget.rect()


def test_f7_opens_it_beside_the_visit_form_and_typing_goes_on(page, commit_text):
    hear("N02")
    content = page.form._needs[-1].content
    assert not page.view.guide.isVisible()
    press(Key.Key_F7)
    panel = page.view.guide
    assert content.hasFocus()
    assert is_seen(content)
    assert panel.isVisible()
    assert not box(panel).intersects(box(content))
    assert {"谁能办", "材料", "到哪办"} < set(words(panel))
    assert "以当地公告为准" in words(panel)
    commit_text(QApplication.focusWidget(), "孩子秋天上学")
    assert content.value() == "孩子秋天上学"
    press(Key.Key_F7)
    assert content.hasFocus()
    assert not panel.isVisible()


def test_the_card_is_that_of_the_need_one_is_writing(page):
    policy.set_open(page.workspace, True)
    hear("N02")
    hear("N12")
    assert "N12 水电气路" in words(page.view.guide)
    page.form._needs[0].content.setFocus()
    QApplication.processEvents()
    assert any(one.startswith("N02") for one in words(page.view.guide))


def test_it_is_remembered_open(page, window):
    hear("N02")
    press(Key.Key_F7)
    window.show_page("needs")
    window.page("needs").rows.setFocus()
    panel = window.page("needs").panel
    assert panel.guide.is_open
    press(Key.Key_F7)
    assert not panel.guide.is_open
    assert panel.guide.isVisible()
    assert not policy.is_open(window.workspace)


def test_the_need_form_grows_and_shrinks_with_it(window):
    window.show_page("needs")
    press(Key.Key_F4)
    dialog = window.findChild(NewNeedDialog)
    alone = dialog.width()
    dialog.block.picker.field.setFocus()
    type_keys("N03")
    press(Key.Key_Return)
    content = dialog.block.content
    for _each in range(2):
        press(Key.Key_F7)
        QApplication.processEvents()
        assert content.hasFocus()
        assert is_seen(content)
        assert dialog.guide.isVisible()
        assert dialog.width() > alone
        assert not box(dialog.guide).intersects(box(content))
        press(Key.Key_F7)
        assert dialog.width() == alone
    press(Key.Key_Escape)


def test_where_there_is_no_room_beside_it_stands_under_the_form(qtbot, worker):
    window = open_window(qtbot, worker)
    window.setMinimumSize(0, 0)
    window.resize(800, 600)
    policy.set_open(worker, True)
    dialog = NewNeedDialog(window, worker)
    dialog.open()
    QApplication.processEvents()
    dialog.block.picker.field.setFocus()
    type_keys("N03")
    press(Key.Key_Return)
    QApplication.processEvents()
    content = dialog.block.content
    assert dialog.width() <= 800
    assert dialog.guide.isVisible()
    assert is_seen(content)
    assert box(dialog.guide).top() > box(content).bottom()


def test_the_evening_sheets_need_has_it_too(window):
    window.show_page("sheet")
    page = window.page("sheet")
    page._put(household=rows_of(window.workspace, "household")[0].id)
    page._hear()
    dialog = window.findChild(LineNeedDialog)
    QApplication.processEvents()
    dialog.block.picker.field.setFocus()
    type_keys("N05")
    press(Key.Key_Return)
    press(Key.Key_F7)
    assert "多久" in words(dialog.guide)
    assert dialog.block.content.hasFocus()
    press(Key.Key_Escape)


def test_papers_are_ticked_on_the_need_page_by_key(window, page):
    hear("N03")
    block = page.form._needs[-1]
    block.set_given({"kind": "N03", "content": "报销", "matter": "住院报销"}, {})
    press(Key.Key_Return, CTRL)
    need = max(rows_of(window.workspace, "need"), key=lambda row: row.id if row.plain("content") == "报销" else 0).id
    window.show_page("needs", need)
    needs = window.page("needs")
    needs.rows.setFocus()
    press(Key.Key_F7)
    needs.panel.papers.focus("身份证")
    press(Key.Key_Space)
    assert window.workspace.row("need", need).plain("materials") == "身份证"
    assert needs.panel.papers.focused() == "身份证"
    needs.rows.setFocus()
    press(Key.Key_Z, CTRL)
    assert not window.workspace.row("need", need).plain("materials")


def test_a_kind_without_content_says_so_and_can_be_filled_in(window, page, commit_text):
    hear("N04")
    press(Key.Key_F7)
    panel = page.view.guide
    assert "暂无资料，可在设置里填写。" in words(panel)
    next(one for one in panel.findChildren(Button) if one.text() == "现在填写").click()
    QApplication.processEvents()
    assert window.findChild(GuideDialog).isVisible()
    commit_text(QApplication.focusWidget(), "年满 60 岁")
    press(Key.Key_Return, CTRL)
    assert "年满 60 岁" in words(panel)
    next(one for one in panel.findChildren(Button) if one.text() == "改成当地的").click()
    dialog = window.findChildren(GuideDialog)[-1]
    dialog.original.click()
    QApplication.processEvents()
    assert "暂无资料，可在设置里填写。" in words(panel)


def test_a_form_of_the_need_page_keeps_its_room(window):
    policy.set_open(window.workspace, True)
    window.show_page("needs")
    window.page("needs").rows.setFocus()
    type_keys("n")
    QApplication.processEvents()
    editors = list(window.page("needs").panel.form.editors.values())
    seen = set()
    for _each in range(12):
        here = QApplication.focusWidget()
        seen |= {number for number, editor in enumerate(editors) if editor is here or editor.isAncestorOf(here)}
        assert is_seen(here)
        press(Key.Key_Tab)
    assert seen == set(range(len(editors)))


def test_where_the_form_has_the_page_to_itself_the_card_lies_within_it(qtbot, worker):
    theme.apply(theme.LIGHT, 1.3, bundled_font=True)
    window = open_window(qtbot, worker)
    window.show_page("households", HouseholdKey(rows_of(worker, "household")[0].id))
    view = window.page("households").view
    window.resize(1092, 574)
    QApplication.processEvents()
    hear("N01")
    press(Key.Key_F7)
    QApplication.processEvents()
    content = view.form._needs[-1].content
    assert content.hasFocus()
    assert is_seen(content)
    assert view.guide.isVisible()
    assert view.form.isAncestorOf(view.guide)
    window.resize(1700, 768)
    qtbot.waitUntil(lambda: view.guide.isVisible() and not view.form.isAncestorOf(view.guide))


def test_a_need_that_is_corrected_has_its_card_too(window):
    window.show_page("needs")
    window.page("needs").rows.setFocus()
    type_keys("e")
    QApplication.processEvents()
    dialog = window.findChild(NeedDialog)
    assert dialog.height() < window.height()
    here = QApplication.focusWidget()
    press(Key.Key_F7)
    QApplication.processEvents()
    assert dialog.guide.isVisible()
    assert "以当地公告为准" in words(dialog.guide)
    assert here.hasFocus()
    assert is_seen(here)
    press(Key.Key_F7)
    assert not dialog.guide.isVisible()
