"""What a visit costs in key presses (gui.md §7): counted by hand, checked by real key events on the real window.

A key with a modifier counts as two. Free text is not counted. Each choice or value that a person must have in mind is
one thought; keys and thoughts make the keystroke-level estimate of Card, Moran and Newell: expert, without errors, the
hands stay on the keys. With GRIDWORKER_KLM=FILE the rows of a table are appended to the file.
"""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridworker.domain.text.address import format_address, walk_key
from gridworker.services import search
from gridworker.services.naming import address_of
from gridworker.ui.widgets.search_box import Hit
from tests.ui.worker_window import CTRL, open_window, press, rows_of
from tests.ui.worker_window import keys as type_keys

Key = Qt.Key


@pytest.fixture
def window(qtbot, worker):
    return open_window(qtbot, worker)


KEY, THOUGHT = 0.28, 1.35  # seconds of a key for an average typist, and of having something in mind


class Hands:
    """Presses and counts."""

    def __init__(self):
        self.count = self.thoughts = 0

    def think(self, thoughts=1):
        """What comes next is something that a person decides."""
        self.thoughts += thoughts

    def seconds(self):
        """The keystroke-level estimate."""
        return KEY * self.count + THOUGHT * self.thoughts

    def tell(self, task, times=1):
        """A row of the table, for one of some times."""
        if file := os.environ.get("GRIDWORKER_KLM"):
            keys, thoughts, taken = (whole / times for whole in (self.count, self.thoughts, self.seconds()))
            with Path(file).open("a", encoding="utf-8") as table:
                table.write(f"| {task} | {keys:.3g} | {thoughts:.3g} | {taken:.1f} s |\n")

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        self.count += 2 if modifiers else 1
        press(key, modifiers)

    def type(self, text):
        self.count += len(text)
        type_keys(text)


def visits(window):
    return {row.id: row for row in rows_of(window.workspace, "visit")}


def test_a_default_visit_from_the_due_list_takes_at_most_four(window):
    before, hands = visits(window), Hands()
    due = window.page("today").due.current_key()
    hands.think()
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return, CTRL)
    (made,) = (row for id, row in visits(window).items() if id not in before)
    assert (made.plain("household"), made.plain("mode"), made.plain("outcome")) == (due, "home", "met")
    assert hands.count <= 4
    assert hands.seconds() < 3
    hands.tell("a default visit from today's list")


def test_a_row_of_default_visits_takes_two_more_each(window):
    before, hands = len(visits(window)), Hands()
    hands.press(Key.Key_Return)
    for _each in range(3):
        hands.press(Key.Key_Return, CTRL)
    households = [row.plain("household") for row in visits(window).values()]
    assert len(households) == before + 3
    assert len(set(households[-3:])) == 3
    assert hands.count == 1 + 3 * 2


def test_a_default_visit_from_anywhere_takes_at_most_nine(window, qtbot):
    """Ctrl+K, three initials, Enter, Ctrl+Enter; the search is wired as the application wires it."""
    window.searched.connect(
        lambda text: window.top_bar.search.show_hits(
            [Hit(hit.title, hit.subtitle, hit) for hit in search.search(window.workspace, text, 8)]
        )
    )
    window.hit_chosen.connect(lambda hit: window.show_page("households", hit.household))
    window.show_page("needs")
    home = next(row for row in rows_of(window.workspace, "household") if row.plain("head") and not initials_clash(row))
    before, hands = visits(window), Hands()
    hands.think()
    hands.press(Key.Key_K, CTRL)
    hands.think()
    hands.type(initials(home.plain("head")))
    hands.press(Key.Key_Return)
    assert window.current_page() == "households"
    hands.press(Key.Key_Return, CTRL)
    (made,) = (row for id, row in visits(window).items() if id not in before)
    head = window.workspace.row("household", made.plain("household")).plain("head")
    assert initials(head) == initials(home.plain("head"))
    assert hands.count <= 9
    hands.tell("a default visit from anywhere")


def test_mode_outcome_and_one_need_take_at_most_twenty(window, commit_text):
    needs = {row.id for row in rows_of(window.workspace, "need")}
    before, hands = visits(window), Hands()
    hands.think(5)  # who, how, with what outcome, that there is a need, of what kind
    hands.press(Key.Key_Return)
    hands.type("2")
    hands.press(Key.Key_Tab)
    hands.type("1")
    hands.press(Key.Key_F4)
    hands.type("ylbx")
    hands.press(Key.Key_Return)
    commit_text(QApplication.focusWidget(), "住院回来不会报销，想请人代办")
    hands.press(Key.Key_Return, CTRL)
    (visit,) = (row for id, row in visits(window).items() if id not in before)
    (need,) = (row for row in rows_of(window.workspace, "need") if row.id not in needs)
    assert (visit.plain("mode"), visit.plain("outcome")) == ("phone", "met")
    assert (need.plain("kind"), need.plain("visit"), need.plain("source")) == ("N03", visit.id, "来电")
    assert hands.count <= 20
    hands.tell("mode, outcome and one need, besides its text")


def test_twenty_paper_visits_take_at_most_eight_each(window, commit_text):
    """Doors, as they stand on the paper along the stairs, are counted; what was said is free text."""
    homes = [row for row in rows_of(window.workspace, "household") if row.plain("building")]
    homes.sort(key=lambda row: walk_key(address_of(row)))
    before, hands, last = len(visits(window)), Hands(), None
    hands.press(Key.Key_F3)
    sheet = window.page("sheet").sheet
    for number, home in enumerate(homes[:20]):
        address = address_of(home)
        stairs = (address.estate, address.building, address.unit)
        hands.think(2)  # the door and the outcome, read from the paper
        hands.type(address.room if stairs == last else format_address(address, short=True))
        last = stairs
        hands.press(Key.Key_Return)
        if sheet.line.household != home.id:
            hands.type(str([door.id for door in sheet.offers(sheet.line)].index(home.id) + 1))
        hands.type("2" if number % 5 == 4 else "1")
        commit_text(QApplication.focusWidget(), "身体好，情况正常。")
        hands.press(Key.Key_Return)
    made = visits(window).values()
    assert len(made) == before + 20
    assert {home.id for home in homes[:20]} <= {row.plain("household") for row in made}
    assert hands.count <= 20 * 8
    hands.tell("a line of 补录, door included, besides its text", 20)


def test_a_step_of_a_need_takes_at_most_six(window, commit_text):
    steps, hands = len(rows_of(window.workspace, "followup")), Hands()
    window.show_page("needs")
    hands.think(2)  # that something was done, and how
    hands.type("n")
    hands.type("2")
    hands.press(Key.Key_Tab)
    commit_text(QApplication.focusWidget(), "问过医保窗口，材料齐了。")
    hands.press(Key.Key_Return, CTRL)
    assert len(rows_of(window.workspace, "followup")) == steps + 1
    assert hands.count <= 6
    hands.tell("a follow-up, besides its text")


def test_closing_a_need_takes_at_most_six(window, commit_text):
    need, hands = window.page("needs"), Hands()
    window.show_page("needs")
    id = need.panel.page.id
    hands.think(2)  # that it is over, and how it ended
    hands.press(Key.Key_Return, CTRL)
    hands.press(Key.Key_Tab)
    commit_text(QApplication.focusWidget(), "灯换好了。")
    hands.press(Key.Key_Return, CTRL)
    assert window.workspace.row("need", id).plain("status") == "已办结"
    assert hands.count <= 6
    hands.tell("closing a need, besides its text")


def initials(name):
    from gridworker.domain.text.pinyin import spellings

    return "".join(syllable[0] for syllable in spellings(name)[0])


def initials_clash(row):
    """Names whose initials are fewer than the three that are typed."""
    return len(initials(row.plain("head"))) > 3


def test_a_time_that_cannot_be_read_is_never_saved_as_now(window):
    before = len(visits(window))
    press(Key.Key_Return)
    form = window.page("households").form
    form.moment.setFocus()
    form.moment.selectAll()
    type_keys("xyz")
    press(Key.Key_Return, CTRL)
    assert len(visits(window)) == before
    assert form.moment.text() == "xyz"
    assert QApplication.focusWidget() is form.moment
    form.moment.selectAll()
    type_keys("-2")
    press(Key.Key_Return, CTRL)
    assert len(visits(window)) == before + 1


def test_a_day_that_cannot_be_read_keeps_a_need_from_being_saved(window):
    from gridworker.ui.widgets.date_field import DateField

    before = len(visits(window))
    press(Key.Key_Return)
    press(Key.Key_F4)
    type_keys("jiuye")
    press(Key.Key_Return)
    form = window.page("households").form
    day = next(field for field in form.findChildren(DateField) if field.isVisible())
    day.setFocus()
    day.selectAll()
    type_keys("xyz")
    press(Key.Key_Return, CTRL)
    assert len(visits(window)) == before
    assert QApplication.focusWidget() is day
