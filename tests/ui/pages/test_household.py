"""The page of one household: what it shows, what it hides, editing, going on along the due ones."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from gridworker.services import drafts, household_page
from gridworker.store import access
from gridworker.ui.page import Message
from gridworker.ui.pages.today import DRAFTS
from gridworker.ui.pages.worker_page import HouseholdKey
from gridworker.ui.reveal import HOLD
from gridworker.ui.widgets.label import MaskedLabel
from gridworker.ui.widgets.timeline import _Entry
from tests.ui.worker_window import CTRL, open_window, press, rows_of


@pytest.fixture
def window(qtbot, worker):
    return open_window(qtbot, worker)


@pytest.fixture
def page(window):
    return window.page("households")


def open_one(window, household, queue=()):
    window.show_page("households", HouseholdKey(household, queue))
    QApplication.processEvents()


def words(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_open_needs_stand_on_top(window, page):
    need = next(row for row in rows_of(window.workspace, "need") if row.plain("closed_on") is None)
    open_one(window, need.plain("household"))
    found = household_page.read(window.workspace, need.plain("household"))
    assert need.id in [one.id for one in found.needs]
    opened = []
    page.view.need_asked.connect(opened.append)
    page.view._cards.itemAt(0).widget().findChildren(type(page.form.clear))[0].click()
    assert opened == [found.needs[0].id]


def test_phones_are_masked_until_alt_is_held_and_looking_is_logged(window, page, qtbot):
    home = next(row for row in rows_of(window.workspace, "household") if row.plain("phone"))
    open_one(window, home.id)
    labels = page.findChildren(MaskedLabel)
    assert labels
    assert all("****" in label.text() for label in labels)
    before = len(list(access.lines(window.workspace.connection)))
    QTest.keyPress(window.focusWidget(), Qt.Key.Key_Alt)
    qtbot.wait(HOLD + 80)
    assert home.plain("phone") in [label.text() for label in labels]
    QTest.keyRelease(window.focusWidget(), Qt.Key.Key_Alt)
    assert all("****" in label.text() for label in labels)
    acts = [line[3] for line in access.lines(window.workspace.connection)][before:]
    assert acts == ["reveal"] * len(labels)


def test_the_timeline_tells_an_edit_old_and_new_with_the_number_masked(window, page):
    home = next(row for row in rows_of(window.workspace, "household") if row.plain("phone"))
    open_one(window, home.id)
    page._edit_household()
    dialog = QApplication.activeModalWidget()
    dialog.editors["phone"].set_value("19900009876")
    dialog.save()
    entries = [entry._event for entry in page.view.findChildren(_Entry) if "资料改动" in entry._event.head]
    assert entries
    assert entries[0].body.endswith("→ 199****9876")


def test_a_wrong_phone_stays_in_the_dialog_with_its_remedy(window, page):
    open_one(window, rows_of(window.workspace, "household")[0].id)
    page._edit_household()
    dialog = QApplication.activeModalWidget()
    dialog.editors["phone"].set_value("1990000")
    dialog.save()
    assert dialog.isVisible()
    assert dialog._rows["phone"].error._sentence.text()
    dialog.reject()


def test_nothing_changed_saves_nothing(window, page):
    open_one(window, rows_of(window.workspace, "household")[0].id)
    deeds = window.workspace.connection.execute("select count(*) from deed").fetchone()
    page._edit_household()
    QApplication.activeModalWidget().save()
    assert window.workspace.connection.execute("select count(*) from deed").fetchone() == deeds


def test_a_member_is_added_with_birth_and_gender_from_the_number(window, page):
    home = rows_of(window.workspace, "household")[0]
    open_one(window, home.id)
    page._edit_member(0)
    dialog = QApplication.activeModalWidget()
    dialog.editors["name"].set_value("测试人")
    dialog.editors["id_no"].set_value("999999190001010015")
    dialog.save()
    made = next(row for row in rows_of(window.workspace, "resident") if row.plain("name") == "测试人")
    assert (made.plain("household"), made.plain("birth")) == (home.id, "1900-01-01")


def test_saving_goes_along_the_row_and_home_at_its_end(window, page):
    queue = tuple(row.id for row in rows_of(window.workspace, "household")[:2])
    open_one(window, queue[0], queue)
    assert "到期 1 / 2" in words(page.view)
    page.form.mode.setFocus()
    press(Qt.Key.Key_Return, CTRL)
    assert page.household == queue[1]
    assert page.form.save.text() == "保存"
    press(Qt.Key.Key_Return, CTRL)
    assert window.current_page() == "today"


def test_out_of_a_row_saving_stays(window, page):
    home = rows_of(window.workspace, "household")[0]
    open_one(window, home.id)
    page.form.mode.setFocus()
    press(Qt.Key.Key_Return, CTRL)
    assert page.household == home.id
    assert window.message_bar.sentence().startswith("已保存")


def test_undo_brings_back_what_was_typed(window, page):
    home = rows_of(window.workspace, "household")[0]
    open_one(window, home.id)
    before = len(rows_of(window.workspace, "visit"))
    page.form.content.set_value("说了很多")
    page.form.outcome.set_value("refused")
    page.form.mode.setFocus()
    press(Qt.Key.Key_Return, CTRL)
    assert len(rows_of(window.workspace, "visit")) == before + 1
    press(Qt.Key.Key_Z, CTRL)
    assert len(rows_of(window.workspace, "visit")) == before
    assert page.household == home.id
    assert (page.form.content.value(), page.form.outcome.value()) == ("说了很多", "refused")


def test_an_emptied_form_comes_back_by_ctrl_z_with_its_draft(window, page, commit_text):
    home = rows_of(window.workspace, "household")[0]
    open_one(window, home.id)
    page.form.content.setFocus()
    commit_text(page.form.content, "说了很多")
    page.form.clear.setFocus()
    press(Qt.Key.Key_Space)
    assert page.form.content.value() == ""
    assert window.message_bar.sentence().startswith("已清空")
    assert drafts.names(window.workspace, DRAFTS) == []
    press(Qt.Key.Key_Z, CTRL)
    assert page.form.content.value() == "说了很多"
    assert drafts.names(window.workspace, DRAFTS) == [f"{DRAFTS}{home.id}"]


def test_a_need_taken_out_comes_back_to_its_place_by_ctrl_z_and_leaves_later_words_alone(window, page, commit_text):
    open_one(window, rows_of(window.workspace, "household")[0].id)
    for code in ("N03", "N12"):
        page.form.add_need()
        page.form._needs[-1].picker.chosen.emit(code)
    first = page.form._needs[0]
    commit_text(first.content, "不会报销")
    first.content.setFocus()
    press(Qt.Key.Key_Delete, CTRL)
    assert [block.given().fields["kind"] for block in page.form._needs] == ["N12"]
    assert window.message_bar.sentence() == "已去掉诉求 1"
    page.form.outcome.setFocus()
    page.form.outcome.set_value("refused")
    press(Qt.Key.Key_Z, CTRL)
    assert [block.given().fields["kind"] for block in page.form._needs] == ["N03", "N12"]
    assert page.form._needs[0].content.value() == "不会报销"
    assert page.form.outcome.value() == "refused"


def test_esc_closes_the_message_over_a_form(window, page):
    open_one(window, rows_of(window.workspace, "household")[0].id)
    page.form.mode.setFocus()
    press(Qt.Key.Key_Return, CTRL)
    for place in (page.form.mode, page.form.content):
        window.say(Message("saved", "已保存", act=print))
        place.setFocus()
        press(Qt.Key.Key_Escape)
        assert window.message_bar.sentence() == ""


def test_a_household_that_is_gone_leads_back_to_the_list(window, page):
    open_one(window, rows_of(window.workspace, "household")[0].id)
    page.household = 12
    page.refresh()
    assert page.list.isVisible()


@pytest.mark.parametrize("name", ["today", "households", "needs"])
def test_every_page_fits_the_smallest_window(window, name):
    window.show_page(name)
    if name == "households":
        open_one(window, rows_of(window.workspace, "household")[0].id)
        window.page(name).form.add_need()
    QApplication.processEvents()
    smallest = QSize(1092, 574)
    assert window.minimumSizeHint().boundedTo(smallest) == window.minimumSizeHint()
