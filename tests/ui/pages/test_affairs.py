"""The community's ledgers by real keys: a meeting written, a topic hung on it, deleted and taken back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.services import records
from tests.ui.worker_window import CTRL, open_window, press, rows_of

Key = Qt.Key


def in_front(one):
    """A desktop gives the focus to what is in front when a dialog comes or goes; the offscreen platform does not."""
    one.activateWindow()
    QApplication.processEvents()
    return one


def test_a_meeting_and_its_topic_are_written_deleted_and_taken_back(qtbot, worker):
    window = open_window(qtbot, worker, households=0)
    window.show_page("affairs")
    page = window.page("affairs")
    page.ledgers.select_key("meeting")
    assert page.none.isVisible()
    press(Key.Key_N, CTRL)
    QApplication.activeModalWidget().editors["name"].set_value("三号楼议事会")
    press(Key.Key_Return, CTRL)
    (meeting,) = rows_of(worker, "meeting")
    assert (page.records.current_key(), meeting.plain("grid")) == (meeting.id, worker.grid)
    in_front(window)
    page.view.added.emit("topic")
    dialog = in_front(QApplication.activeModalWidget())
    assert dialog.editors["meeting"].value() == to_text(meeting.id)
    dialog.editors["title"].set_value("单元门锁")
    press(Key.Key_Return, CTRL)
    (topic,) = rows_of(worker, "topic")
    assert topic.plain("meeting") == meeting.id
    in_front(window)
    page.open_key(("topic", topic.id))
    press(Key.Key_Delete)
    assert not rows_of(worker, "topic")
    window.message_bar.undo()
    assert [one.id for one in rows_of(worker, "topic")] == [topic.id]


def test_a_record_is_named_by_typing_and_taken_out_by_delete(qtbot, worker):
    saved = records.add(worker, ledger("meeting"), [{"name": "三号楼议事会", "grid": to_text(worker.grid)}])
    window = open_window(qtbot, worker, households=0)
    window.show_page("affairs")
    window.page("affairs").ledgers.select_key("topic")
    press(Key.Key_N, CTRL)
    form = QApplication.activeModalWidget()
    field = form.editors["meeting"]
    field.setFocus()
    press(Key.Key_Return)
    QApplication.activeModalWidget().typed.setText("三号楼")
    press(Key.Key_Return)
    assert field.value() == to_text(saved.ids[0])
    in_front(form)
    field.setFocus()
    press(Key.Key_Delete)
    assert field.value() == ""
    form.reject()


def test_a_topic_is_answered_and_a_covenant_revised_by_key(qtbot, worker):
    topic = records.add(worker, ledger("topic"), [{"title": "单元门锁", "raised_by": "徐秀芝"}]).ids[0]
    first = records.add(worker, ledger("covenant"), [{"name": "居民公约", "version": "第一版"}]).ids[0]
    window = open_window(qtbot, worker, households=0)
    window.show_page("affairs")
    page = window.page("affairs")
    page.open_key(("topic", topic))
    press(Key.Key_O)
    dialog = in_front(QApplication.activeModalWidget())
    dialog.editors["answer"].set_value("已换新锁")
    press(Key.Key_Return, CTRL)
    (row,) = rows_of(worker, "topic")
    assert (row.plain("answer"), row.plain("answered_on")) == ("已换新锁", "2026-11-25")
    in_front(window)
    page.open_key(("covenant", first))
    press(Key.Key_O)
    in_front(QApplication.activeModalWidget())
    press(Key.Key_Return, CTRL)
    assert {one.plain("version"): one.plain("replaces") for one in rows_of(worker, "covenant")} == {
        "第一版": None, "第二版": first,
    }  # fmt: skip
    in_front(window)
    page.records.setFocus()
    press(Key.Key_P)
    paper = QApplication.activeModalWidget()
    assert "居民公约" in paper.paper.name
    paper.reject()


def test_an_owners_committee_is_set_up_step_by_step_and_facts_lead_to_what_they_name(qtbot, worker):
    given = [{"name": "业主委员会", "kind": "业主委员会", "state": "未成立"}]
    owners = records.add(worker, ledger("organisation"), given).ids[0]
    resource = records.add(worker, ledger("resource"), [{"name": "车棚", "organisation": to_text(owners)}]).ids[0]
    window = open_window(qtbot, worker, households=0)
    window.show_page("affairs", ("organisation", owners))
    page = window.page("affairs")
    boxes = list(page.view._boxes.values())
    assert len(boxes) == 12
    boxes[0].click()
    assert worker.row("organisation", owners).plain("state") == "筹备"
    assert page.view._boxes["业主申请"].isChecked()
    page.view.ticked.emit(list(page.view._boxes), "刻章开户")
    assert worker.row("organisation", owners).plain("state") == "正常"
    window.message_bar.undo()
    assert worker.row("organisation", owners).plain("state") == "筹备"
    page.open_key(("resource", resource))
    page.view.meant.emit("organisation", owners)
    assert page.records.current_key() == owners


def test_of_hundreds_that_hang_on_a_record_the_first_are_listed_and_the_rest_is_one_step_away(qtbot, worker):
    campaign = to_text(records.add(worker, ledger("campaign"), [{"name": "电动车上牌", "target": "住户"}]).ids[0])
    doors = [{"campaign": campaign, "estate": "金江西苑", "building": str(number)} for number in range(1, 31)]
    records.add(worker, ledger("campaign_entry"), doors)
    window = open_window(qtbot, worker, households=0)
    window.show_page("affairs")
    page = window.page("affairs")
    page.ledgers.select_key("campaign")
    QApplication.processEvents()
    links = [one.text() for one in page.view.findChildren(QAbstractButton) if one.isVisible()]
    assert len([text for text in links if text.startswith("金江西苑")]) == 12
    (rest,) = (one for one in page.view.findChildren(QAbstractButton) if one.isVisible() and one.text() == "还有18条")
    rest.click()
    assert (page.ledgers.current_key(), page.records.count()) == ("campaign_entry", 30)
