"""The evening sheet: lines are saved like quick visits, can be amended and taken back, and survive as a draft."""

from datetime import datetime

import pytest

from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.services import drafts, records, sheet, undoing
from gridworker.services.sheet import Sheet, State
from gridworker.services.visiting import NeedGiven
from gridworker.store import queries

NEED = NeedGiven({"kind": "N12", "content": "楼道灯不亮"})


@pytest.fixture
def paper(worker):
    homes = [{"estate": "金江西苑", "building": "3", "unit": "2", "room": room, "head": head} for room, head in
             (("502", "李桂芳"), ("402", "孙茂才"), ("301", "何玉梅"))]  # fmt: skip
    records.add(worker, ledger("household"), homes)
    made = Sheet(worker)
    made.put(day="2026-11-24")
    return made


def visits(workspace):
    return queries.every(workspace.connection, "visit", "visited_at, id")


def write(paper, door, **said):
    paper.type_door(door)
    paper.put(**said)
    done = paper.enter()
    paper.go_on()
    return done


def test_in_the_evening_the_day_itself_is_written_up():
    assert sheet.usual_day(datetime(2026, 11, 25, 19, 0)).day == 25
    assert sheet.usual_day(datetime(2026, 11, 25, 8, 0)).day == 24


def test_lines_become_visits_and_the_next_keeps_day_and_mode(worker, paper):
    write(paper, "3-2-502", mode="phone", content="恢复好")
    write(paper, "402", outcome="not_met")
    first, second = sorted(visits(worker), key=lambda row: row.plain("outcome"))
    assert (first.plain("outcome"), first.plain("content"), first.plain("mode")) == ("met", "恢复好", "phone")
    assert (second.plain("outcome"), second.plain("mode")) == ("not_met", "phone")
    assert {row.plain("visited_at") for row in (first, second)} == {"2026-11-24"}
    assert paper.line == sheet.Line("2026-11-24", "phone")


def test_states_say_what_a_line_waits_for(paper):
    assert paper.state(paper.line) is State.EMPTY
    paper.type_door("99")
    assert paper.state(paper.line) is State.UNKNOWN
    paper.type_door("3-2-")
    assert paper.state(paper.line) is State.SEVERAL
    assert [door.head for door in paper.offers(paper.line)] == ["何玉梅", "孙茂才", "李桂芳"]
    paper.take(paper.offers(paper.line)[1].id)
    assert (paper.state(paper.line), paper.line.door) == (State.OPEN, "3-2-402")
    assert paper.waiting() == [0]
    paper.enter()
    assert paper.state(paper.line) is State.SAVED
    assert paper.waiting() == []


def test_a_line_without_a_household_is_not_stored(worker, paper):
    paper.type_door("99")
    with pytest.raises(UserError):
        paper.enter()
    assert visits(worker) == []


def test_a_stored_line_is_amended_not_doubled(worker, paper):
    write(paper, "3-2-502", content="恢复好")
    paper.go(0)
    paper.type_door("3-2-402")
    paper.put(content="", outcome="away")
    paper.enter()
    (row,) = visits(worker)
    assert (row.plain("outcome"), row.plain("content")) == ("away", None)
    assert paper.known[row.plain("household")].head == "孙茂才"
    assert paper.enter() is None


def test_a_visit_with_needs_stays_with_its_household(worker, paper):
    write(paper, "3-2-502")
    paper.go(0)
    paper.hear(NEED)
    (need,) = queries.every(worker.connection, "need")
    (visit,) = visits(worker)
    assert (need.plain("visit"), need.plain("household")) == (visit.id, visit.plain("household"))
    assert (need.plain("registered_at"), need.plain("raised_by"), need.plain("source")) == (
        "2026-11-24",
        "李桂芳",
        "走访",
    )
    assert paper.line.needs == ("N12",)
    assert paper.line.saved
    paper.type_door("3-2-402")
    with pytest.raises(UserError, match="不能改到别户"):
        paper.enter()


def test_a_day_to_come_is_refused(worker, paper):
    paper.type_door("3-2-502")
    paper.put(day="2026-11-26")
    with pytest.raises(UserError, match="还没到"):
        paper.enter()
    assert visits(worker) == []


def test_taking_the_last_line_back_leaves_its_words(worker, paper):
    paper.type_door("3-2-502")
    paper.put(content="恢复好")
    before = paper.line
    undoing.undo(worker, write(paper, "3-2-502"))
    paper.restore(0, before)
    assert visits(worker) == []
    assert (paper.line.content, paper.state(paper.line)) == ("恢复好", State.OPEN)


def test_the_draft_brings_every_line_back(worker, paper):
    write(paper, "3-2-502", content="恢复好")
    paper.type_door("402")
    paper.put(content="写到一半")
    paper.go_on()
    paper.type_door("3-2-")
    paper.keep()
    again = Sheet(worker)
    assert again.load()
    assert again.lines[:3] == paper.lines[:3]
    assert [again.state(one) for one in again.lines[:3]] == [State.SAVED, State.OPEN, State.SEVERAL]
    assert again.door(again.lines[1]).head == "孙茂才"


def test_what_was_stored_on_another_day_is_done_with(worker, paper):
    write(paper, "3-2-502")
    paper.type_door("402")
    paper.keep()
    body, _at = drafts.find(worker, sheet.DRAFT)
    drafts.keep(worker, sheet.DRAFT, {**body, "day": "2026-11-20"})
    again = Sheet(worker)
    again.load()
    assert [one.door for one in again.lines] == ["402", ""]


def test_what_other_pages_did_to_the_visits_is_seen(worker, paper):
    done = write(paper, "3-2-502", content="恢复好")
    records.change(worker, ledger("visit"), done.written.ids[0], {"content": "恢复得很好"})
    paper.renew()
    assert (paper.lines[0].content, paper.lines[0].saved) == ("恢复得很好", True)
    records.delete(worker, ledger("visit"), done.written.ids[0])
    paper.renew()
    assert (paper.lines[0].visit, paper.state(paper.lines[0])) == (0, State.OPEN)


def test_a_second_visit_of_the_day_is_counted_on_the_later_line(worker, paper):
    write(paper, "3-2-502")
    paper.type_door("3-2-502")
    assert paper.earlier(1) == 1
    paper.put(day="2026-11-23")
    assert paper.earlier(1) == 0
    paper.put(day="2026-11-24")
    paper.enter()
    assert [paper.earlier(place) for place in (0, 1)] == [0, 1]
    assert len(visits(worker)) == 2


def test_the_next_paper_goes_on_an_empty_line(worker, paper):
    write(paper, "3-2-502")
    write(paper, "402")
    paper.go(0)
    paper.go_free()
    assert (paper.place, paper.state(paper.line)) == (2, State.EMPTY)
    paper.type_door("301")
    paper.go_free()
    assert (paper.place, paper.line.door) == (3, "")
    paper.go(1)
    paper.keep()
    again = Sheet(worker)
    again.load()
    assert again.place == 3


def test_a_stored_line_waits_until_it_is_put_right_or_given_up(worker, paper):
    write(paper, "3-2-502", content="恢复好")
    stored = paper.lines[0]
    assert paper.to_mend() == []
    paper.go(0)
    paper.type_door("99")
    assert paper.to_mend() == [0]
    paper.type_door("")
    paper.put(content="")
    assert paper.to_mend() == [0]
    assert sheet.counts(paper.lines) == (1, 0)
    assert paper.give_up()
    assert (paper.line, paper.to_mend()) == (stored, [])
    assert not paper.give_up()


def test_a_line_begun_in_vain_goes_and_a_stored_one_stays(worker, paper):
    write(paper, "3-2-502")
    paper.type_door("99")
    assert paper.drop()
    assert [line.door for line in paper.lines] == ["3-2-502"]
    assert not paper.drop()
    assert len(visits(worker)) == 1
