"""A whole day at the real window by real keys: 12 visits in the morning, 20 paper notes in the evening, the workbook.

`python -m tests.tools.day OUT_DIR [--scheme light|dark] [--scale 1.25]` on a display or without one; a picture after
each step, the operations counted (a key with a modifier as two, words besides), the store checked afterwards.
"""

import argparse
import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from unittest import mock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog

from gridworker.domain.text.address import format_address, walk_key
from gridworker.domain.text.pinyin import spellings
from gridworker.services import demos, keeping
from gridworker.services.look import Look
from gridworker.services.naming import address_of
from gridworker.services.workspace import Workspace
from gridworker.ui import theme
from gridworker.ui.desk import Desk
from gridworker.ui.language import speak
from gridworker.ui.tasks import Tasks
from gridworker.ui.widgets.focus_ring import FocusRing
from tests.ui.worker_window import CTRL, rows_of

Key, SHIFT, ALT = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier
TODAY = date(2026, 11, 25)
LEDGERS = ("household", "resident", "visit", "need", "followup")
GROWTH = {"household": 1, "resident": 3, "visit": 32, "need": 4, "followup": 1}
"""What a day of this kind adds."""
NOTES = ("身体好，情况正常。", "说楼道灯不亮，已转物业。", "儿子在外地务工，年底回来。", "药还够吃两周。", "")
MOST_TABS = 40


class Day:
    """Hands at a window; every step leaves its picture and what it cost."""

    def __init__(self, desk: Desk, tasks: Tasks, folder: Path) -> None:
        self.desk, self.workspace, self._tasks, self._folder = desk, desk.workspace, tasks, folder
        self.count = self.letters = self._told = self._step = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """One key to whatever has the focus; modifiers are presses too."""
        self.count += 1 + modifiers.value.bit_count()
        QTest.keyClick(self._here(), key, modifiers)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Plain letters and digits."""
        self.count += len(text)
        QTest.keyClicks(self._here(), text)
        QApplication.processEvents()

    def say(self, words: str) -> None:
        """Chinese, as an input method commits it; counted apart."""
        self.letters += len(words)
        event = QInputMethodEvent("", [])
        event.setCommitString(words)
        QApplication.sendEvent(self._here(), event)
        QApplication.processEvents()

    def page(self, number: int) -> None:
        """To a page by the number beside it."""
        self.press(Key(Key.Key_0 + number), ALT)

    def find(self, query: str, number: int = 0) -> None:
        """Ctrl+K, what was typed, and the hit with a number below the first."""
        self.press(Key.Key_K, CTRL)
        self.type(query)
        QTest.qWait(120)
        self.shoot(f"找 {query}")
        for _each in range(number):
            self.press(Key.Key_Down)
        self.press(Key.Key_Return)

    def save(self) -> None:
        """Ctrl+Enter."""
        self.press(Key.Key_Return, CTRL)

    def save_anyway(self, name: str) -> None:
        """Ctrl+Enter; where something like it may be known already, look at that and save all the same."""
        self.save()
        if QApplication.activeModalWidget() is not None:
            self.shoot(f"{name} 可能已有")
            self.save()

    def tick(self, papers: int) -> None:
        """On to the boxes of papers, and tick the first ones."""
        tabs = 0
        while not self._is_paper():
            self.press(Key.Key_Tab)
            tabs += 1
            if tabs > MOST_TABS:
                raise SystemExit("no papers to tick")
        for _each in range(papers):
            self.press(Key.Key_Space)
            self.press(Key.Key_Tab)

    def shoot(self, name: str) -> None:
        """A picture of the window with what lies above it, and what was pressed since the last."""
        QTest.qWait(30)
        self._step += 1
        window = self.desk.window
        picture = window.grab()
        with QPainter(picture) as painter:
            for other in QApplication.topLevelWidgets():
                if other.isVisible() and other is not window and other.width() > 1:
                    at = other.mapToGlobal(QPoint()) - window.mapToGlobal(QPoint())
                    painter.drawPixmap(at, other.grab())
        picture.save(str(self._folder / f"{self._step:02d} {name.replace('/', '-')}.png"))
        print(f"{self._step:3d}  {self.count - self._told:4d}  {name}", flush=True)
        self._told = self.count

    def wait(self) -> None:
        """Until no job runs."""
        loop = QEventLoop()
        self._tasks.busy_changed.connect(lambda busy: None if busy else loop.quit())
        if self._tasks.is_busy():
            loop.exec()
        QApplication.processEvents()

    def _here(self):
        """What has the focus; a desktop gives it back to the window when a dialog closes, offscreen nobody does."""
        if QApplication.focusWidget() is None:
            (QApplication.activeModalWidget() or self.desk.window).activateWindow()
            QTest.qWait(20)
        return QApplication.focusWidget() or self.desk.window

    def _is_paper(self) -> bool:
        here = QApplication.focusWidget()
        return any(here is box for box in self._papers())

    def _papers(self) -> list[QCheckBox]:
        from gridworker.ui.pages.visit_form_fields import Checklist

        lists = self.desk.window.findChildren(Checklist)
        return [box for one in lists if one.isVisible() for box in one.findChildren(QCheckBox)]


def morning(day: Day) -> None:
    """Twelve visits with three needs, a new household, a step and a call-back."""
    day.shoot("今日")
    day.press(Key.Key_Return)
    day.shoot("打开第一户")
    for _each in range(5):
        day.save()
    day.shoot("默认走访 5 户")
    not_met_and_refused(day)
    three_needs(day)
    found_visits(day)
    new_household(day)
    step_and_call_back(day)


def not_met_and_refused(day: Day) -> None:
    """Nobody opens at one door, nobody wants to talk at another."""
    for digit, name, words in (("2", "未见面", "敲门无人应，留了连心卡。"), ("3", "拒访", "")):
        day.press(Key.Key_Tab)
        day.type(digit)
        if words:
            day.press(Key.Key_Tab)
            day.press(Key.Key_Tab)
            day.say(words)
        day.shoot(name)
        day.save()


def three_needs(day: Day) -> None:
    """Medical with papers, employment, schooling with papers."""
    day.press(Key.Key_F4)
    day.shoot("记诉求 选类别")
    day.type("ylbx")
    day.press(Key.Key_Return)
    day.say("住院回来不会报销，想请人代办")
    day.press(Key.Key_Tab)
    day.press(Key.Key_Tab)
    day.type("1")
    day.tick(2)
    day.shoot("医疗报销 材料")
    day.save_anyway("医疗报销")
    day.press(Key.Key_F4)
    day.type("jiuye")
    day.press(Key.Key_Return)
    day.say("厂里停工，想找近一点的活")
    day.shoot("就业")
    day.save_anyway("就业")
    day.press(Key.Key_F4)
    day.type("N02")
    day.press(Key.Key_Return)
    day.say("孙子明年上小学，问要什么材料")
    day.press(Key.Key_Tab)
    day.press(Key.Key_Tab)
    day.type("2")
    day.tick(3)
    day.shoot("上学 材料")
    day.save_anyway("上学")
    day.shoot("诉求已存")


def found_visits(day: Day) -> None:
    """Somebody met on the stairs, by initials, taken back and saved again; then a door."""
    homes = [row for row in rows_of(day.workspace, "household") if row.plain("head") and row.plain("room")]
    person, door = homes[40], homes[60]
    initials = "".join(syllable[0] for syllable in spellings(str(person.plain("head")))[0])
    day.find(initials)
    day.press(Key.Key_F2)  # whoever is found first may be a member of a home: the visit is recorded there
    day.type("2")
    day.save()
    day.shoot("拼音找到 已存")
    day.press(Key.Key_Z, CTRL)
    day.shoot("撤销")
    day.save()
    day.find(format_address(address_of(door), short=True))
    day.shoot("门牌找到")
    day.save()


def new_household(day: Day) -> None:
    """Three people who moved in."""
    day.page(2)
    day.press(Key.Key_Escape)
    day.shoot("住户")
    day.press(Key.Key_N, CTRL)
    for text in ("19", "1", "302"):
        day.press(Key.Key_Tab)
        day.type(text)
    day.press(Key.Key_Tab)
    day.say("测试甲")
    day.shoot("新住户")
    day.save()
    day.press(Key.Key_N, CTRL)
    for name, relation in (("测试乙", 2), ("测试丙", 3)):
        day.press(Key.Key_N, CTRL)
        day.say(name)
        day.press(Key.Key_Tab)
        for _each in range(relation):
            day.press(Key.Key_Down)
    day.shoot("家庭成员")
    day.save()
    day.shoot("新住户已存")


def step_and_call_back(day: Day) -> None:
    """A step of one need; another is closed, called back, and found not to be settled."""
    day.page(3)
    day.shoot("诉求")
    day.type("n")
    day.type("2")
    day.press(Key.Key_Tab)
    day.say("问过医保窗口，材料齐了。")
    day.shoot("记一条办理")
    day.save()
    day.shoot("办理已存")
    day.press(Key.Key_Down)
    number = str(day.desk.window.page("needs").panel.page.number)
    day.save()
    day.press(Key.Key_Tab)
    day.say("灯换好了。")
    day.shoot("办结")
    day.save()
    day.shoot("已办结")
    day.find(number.rsplit("-", 1)[-1])
    day.save()
    day.type("4")
    day.press(Key.Key_Tab)
    day.say("装了又坏了。")
    day.shoot("回访不满意")
    day.save()
    day.shoot("回访已存")


def evening(day: Day) -> None:
    """Twenty lines of paper along the stairs, on one of them a need."""
    homes = [row for row in rows_of(day.workspace, "household") if row.plain("building")]
    homes = sorted(homes, key=lambda row: walk_key(address_of(row)))[:20]
    day.press(Key.Key_F3)
    day.shoot("补录")
    sheet, last = day.desk.window.page("sheet").sheet, None
    for number, home in enumerate(homes):
        address = address_of(home)
        stairs = (address.estate, address.building, address.unit)
        day.type(str(address.room) if stairs == last else format_address(address, short=True))
        last = stairs
        day.press(Key.Key_Return)
        if sheet.line.household != home.id:
            day.shoot(f"补录 {number + 1} 选哪一户")
            day.type(str([one.id for one in sheet.offers(sheet.line)].index(home.id) + 1))
        day.type("123"[number % 7 // 3])
        day.say(NOTES[number % len(NOTES)])
        if number == 7:
            heard(day)
        else:
            day.press(Key.Key_Return)
        if number in {0, 9, 19}:
            day.shoot(f"补录 {number + 1} 行")


def heard(day: Day) -> None:
    """A need of the line."""
    day.press(Key.Key_F4)
    day.type("sdql")
    day.press(Key.Key_Return)
    day.say("楼道三层灯不亮")
    day.shoot("补录 记诉求")
    day.save()


def hand_up(day: Day, out: Path) -> None:
    """The workbook, and the sentence for the chat."""
    day.page(5)
    day.shoot("周报上报")
    with mock.patch.object(QFileDialog, "getSaveFileName", return_value=(str(out), "")):
        day.save()
    day.wait()
    day.shoot("已导出")
    day.press(Key.Key_Return)
    day.shoot("发到群里")
    day.page(1)
    day.shoot("今日 收工")


def counts(workspace: Workspace) -> dict[str, int]:
    """Records that stand, by ledger."""
    return {name: len(rows_of(workspace, name)) for name in LEDGERS}


def faults(workspace: Workspace, before: dict[str, int], out: Path) -> list[str]:
    """What the day should have left and did not."""
    grown = {name: number - before[name] for name, number in counts(workspace).items()}
    found = [f"{name}: {grown[name]} more, not {number}" for name, number in GROWTH.items() if grown[name] != number]
    called_back = [row for row in rows_of(workspace, "need") if row.plain("satisfaction") == "不满意"]
    found += [] if called_back else ["nobody is unsatisfied"]
    found += [] if out.exists() else ["no workbook"]
    found += [] if QApplication.clipboard().text().startswith("第48周 走访") else ["no sentence for the chat"]
    return found + [f"store: {fault}" for fault in keeping.check(workspace).faults]


def live(folder: Path, scheme: str, scale: float) -> int:
    """The day on invented people; what was found wrong is told and counted."""
    theme.apply(scheme, bundled_font=True)
    with tempfile.TemporaryDirectory(prefix="gridworker-day-") as place:
        workspace = demos.open_or_make(Path(place), "worker", TODAY, lambda *_told: None)
        tasks, out, before = Tasks(), Path(place) / "周报.xlsx", counts(workspace)
        desk = Desk(workspace, tasks, Look(scheme))
        desk.window.resize(round(1366 / scale), round(768 / scale))
        desk.show()
        QTest.qWait(50)
        day = Day(desk, tasks, folder)
        morning(day)
        at_noon = day.count
        evening(day)
        at_night = day.count
        hand_up(day, out)
        found = faults(workspace, before, out)
        told = f"morning {at_noon}, evening {at_night - at_noon}, handing up {day.count - at_night}"
        print(f"operations: {told}, together {day.count}; {day.letters} characters of text")
        print(f"chat: {QApplication.clipboard().text()}")
        print("\n".join(found) or f"store: {GROWTH} as expected, sound")
        tasks.close()
        desk.put_away()
    return len(found)


def main() -> int:
    """Live it and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.day")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scheme", choices=[theme.LIGHT, theme.DARK], default=theme.LIGHT)
    parser.add_argument("--scale", type=float, default=1.0)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    os.environ["QT_SCALE_FACTOR"] = str(given.scale)
    app = QApplication([])
    app.setCursorFlashTime(0)
    FocusRing.install(app)
    speak("zh_CN")
    return 1 if live(given.folder, given.scheme, given.scale) else 0


if __name__ == "__main__":
    sys.exit(main())
