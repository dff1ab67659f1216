"""审核: the queue, the record, the township's word, and the reply that reaches the worker."""

from datetime import date

import pytest

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.services import arrivals, intake, records, replying, review, visiting
from gridworker.services.replying import Reply
from gridworker.services.visiting import NeedGiven
from gridworker.store import queries
from gridworker.store.door import Change
from tests.services.township_books import LAST_WEEK, book, filled, nothing

WORD = Reply("accepted", "", "镇住建办", date(2026, 12, 4), "周五前到场，请通知住户留人。")


@pytest.fixture
def worker_store(open_copy):
    return filled(open_copy)


@pytest.fixture
def taken(township, worker_store, tmp_path):
    arrivals.take(township, [book(worker_store, tmp_path)], nothing)
    return township


def first(workspace, name=review.TO_REVIEW):
    return next(one for one in review.queue(workspace) if name in one.queues)


def test_the_queue_goes_by_urgency_then_by_due_date(taken):
    lines = review.queue(taken)
    rank = {"red": 0, "yellow": 1, "blue": 2}
    keys = [(rank[one.urgency], one.due_on or date.max) for one in lines]
    assert lines
    assert keys == sorted(keys)
    assert review.waiting_count(taken) == sum(review.TO_REVIEW in one.queues for one in lines) > 0


def test_a_line_says_how_late_it_is(taken):
    late = first(taken, review.OVERDUE)
    assert late.days_late == (taken.today - late.due_on).days > 0
    assert (late.grid, late.worker) == ("JX03", "陈晓芸")


def test_the_record_names_its_steps_its_place_and_its_file(taken):
    found = review.record(taken, first(taken).id)
    assert found.kind.startswith("N")
    assert found.steps[-1].mode == "走访登记"
    assert [step.day for step in found.steps[:-1]] == sorted((step.day for step in found.steps[:-1]), reverse=True)
    assert ".xlsx" in found.source
    assert found.grid == "JX03 金江西苑3网格"


def test_what_came_inside_a_full_book_names_the_newest_that_brought_it(township, worker_store, tmp_path):
    """The versions of a full book keep the deeds of their makers, which name no file."""
    for store in (township, worker_store):
        store.store.set("report_password", "演示上报密码2026")
    arrivals.take(township, [book(worker_store, tmp_path, LAST_WEEK, "上周.xlsx")], nothing)
    need = queries.every(township.connection, "need")[0].id
    assert review.record(township, need).source.startswith("随 上周.xlsx 收到")
    before = {row.id for row in queries.every(worker_store.connection, "need")}
    visit = {"visited_at": "2026-11-25T09:00", "mode": "home", "outcome": "met"}
    home = queries.every(worker_store.connection, "household")[0].id
    visiting.save(worker_store, home, visit, [NeedGiven({"kind": "N12", "content": "灯不亮"})])
    (new,) = {row.id for row in queries.every(worker_store.connection, "need")} - before
    second = arrivals.take(township, [book(worker_store, tmp_path, name="本周.xlsx")], nothing)
    assert review.record(township, new).source == "随 本周.xlsx 收到"
    arrivals.undo(township, second.group.group)
    assert review.record(township, need).source.startswith("随 上周.xlsx 收到")


def test_what_was_entered_at_the_township_came_with_no_file(taken):
    need = queries.every(taken.connection, "need")[0]
    of = ledger("need")
    fields = {name: value for name, value in need.values.items() if name not in {"number", "visit"}}
    made = taken.write("add", Change(of, fields)).ids[0]
    assert review.record(taken, made).source == ""


def test_an_unknown_need_is_refused(taken):
    with pytest.raises(UserError, match="没有这条记录"):
        review.record(taken, 4711)


def test_similar_needs_are_closed_ones_of_the_same_kind(taken):
    need = first(taken)
    kind = taken.row("need", need.id).plain("kind")
    known = review.record(taken, need.id).similar.count
    closed = {"status": "已办结", "result": "已解决", "result_note": "主管道疏通", "closed_on": "2026-11-20"}
    told = closed | {
        "kind": kind, "content": "一样的事", "registered_at": "2026-11-16T09:00", "grid": {"code": "JX03"},
        "worker": to_text(taken.row("need", need.id).plain("worker")), "number": "JX03-2026-Z0001",
    }  # fmt: skip
    records.add(taken, ledger("need"), [told])
    found = review.record(taken, need.id).similar
    assert found.count == known + 1
    assert found.examples[0] == ("JX03-2026-Z0001", "主管道疏通", "")
    assert found.median_days is not None


def test_a_saved_word_leaves_the_queue_and_waits_to_be_sent(taken):
    need = first(taken)
    replying.save(taken, need.id, WORD)
    row = taken.row("need", need.id)
    assert replying.reply_of(row) == WORD
    assert need.id not in {one.id for one in review.queue(taken) if review.TO_REVIEW in one.queues}
    assert replying.outgoing(taken) == {"JX03": 1}


def test_returning_needs_a_reason(taken):
    need = first(taken)
    with pytest.raises(UserError, match="退回要写明原因"):
        replying.save(taken, need.id, Reply("returned"))
    replying.save(taken, need.id, Reply("returned", "地点写不清"))
    assert review.record(taken, need.id).state == "已退回"


def test_a_save_can_be_taken_back(taken):
    need = first(taken)
    before = replying.reply_of(taken.row("need", need.id))
    owed = replying.is_owed(taken, need.id)
    replying.save(taken, need.id, WORD)
    replying.take_back(taken, need.id, before, owed=owed)
    assert replying.reply_of(taken.row("need", need.id)) == before
    assert replying.outgoing(taken) == {}
    assert first(taken).id == need.id


def test_replies_go_home_as_one_workbook_per_grid(taken, worker_store, tmp_path):
    need = first(taken)
    replying.save(taken, need.id, WORD)
    sent = replying.send(taken, tmp_path, nothing)
    assert [one.file.name for one in sent] == ["JX03_第48周_回复.xlsx"]
    assert replying.outgoing(taken) == {}
    intake.take(worker_store, [sent[0].file])
    row = worker_store.row("need", need.id)
    assert (row.plain("reply"), row.plain("assigned_to"), row.plain("review")) == (
        WORD.reply, WORD.assigned_to, "accepted",
    )  # fmt: skip


def test_what_a_book_said_in_the_townships_name_waits_for_a_yes(taken, worker_store, tmp_path):
    need = first(taken)
    worker_store.store.set("role", "worker")
    records.change(worker_store, ledger("need"), need.id, {"reply": "领导口头同意"})
    file = book(worker_store, tmp_path, name="再交.xlsx")
    edited = with_reply(file, "领导批示：同意")
    arrivals.take(taken, [edited], nothing)
    found = next(one for one in review.queue(taken) if one.id == need.id)
    assert review.UNCONFIRMED in found.queues
    assert "reply" in review.record(taken, need.id).unconfirmed
    replying.confirm(taken, need.id)
    assert replying.unconfirmed_groups(taken).get(need.id) is None
    assert replying.is_owed(taken, need.id)
    assert taken.row("need", need.id).plain("reply") == "领导批示：同意"


def with_reply(file, words):
    """The workbook after somebody typed into a cell of 乡镇答复 that said something."""
    import openpyxl

    opened = openpyxl.load_workbook(file)
    sheet = opened["诉求台账"]
    for line in sheet.iter_rows():
        for cell in line:
            if cell.value == "领导口头同意":
                cell.value = words
    out = file.with_name("批过.xlsx")
    opened.save(out)
    return out


def test_units_known_and_used_are_offered(taken):
    taken.store.set("units", '["镇民政办"]')
    replying.save(taken, first(taken).id, WORD)
    offered = replying.units(taken)
    assert offered[:2] == ["镇民政办", "镇住建办"]
    assert len(offered) == len(set(offered))


def test_ids_survive_the_outgoing_list(taken):
    need = first(taken)
    replying.save(taken, need.id, WORD)
    assert to_text(need.id) in taken.store.get_json("outgoing")
