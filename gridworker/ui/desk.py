"""The main window over an open store: the pages of the role, the search, what the sidebar says."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog

from gridworker.domain.calendar import week_of
from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.i18n import _
from gridworker.services import access, keeping, search, second_copy, settings
from gridworker.services.look import Look
from gridworker.services.workspace import Workspace
from gridworker.ui import keys
from gridworker.ui.help_dialog import DialogHelp, show_page
from gridworker.ui.main_window import MainWindow
from gridworker.ui.page import Message, PageSpec
from gridworker.ui.pages.township import CHOICES
from gridworker.ui.pages.worker_page import HouseholdKey
from gridworker.ui.preload import TOWNSHIP, WORKER, Preload
from gridworker.ui.refresh import Refresh
from gridworker.ui.tasks import Tasks
from gridworker.ui.widgets.date_field import weekday
from gridworker.ui.widgets.search_box import Hit
from gridworker.ui.widgets.top_bar import VISIT_KEY

if TYPE_CHECKING:
    from gridworker.ui.pages.settings import SettingsPage
    from gridworker.ui.tour import Tour

ICONS: Final[Mapping[str, str]] = {
    "household": "house", "resident": "user", "need": "message-square-warning", "worker": "user-check",
    "grid": "map-pin", search.BUILDING: "building-2",
}  # fmt: skip
TOWNSHIP_PAGES: Final = {"today": ("collect", None), "needs": ("review", None), "weekly": ("collect", CHOICES)}
"""By a worker's page: where the township does the same."""
HITS: Final = 20
MINUTE: Final = 60_000
ASKED: Final = 1500  # ms after the last letter at which a search counts as made
LOG_KEY: Final = "Ctrl+L"


class DeskWindow(MainWindow):
    """The main window, in which pages shared by both roles may ask for a page that only the other role has."""

    def __init__(self, specs: Sequence[PageSpec], refresh: Refresh, instead: Mapping[str, tuple[str, object]]) -> None:
        super().__init__(specs, refresh)
        self._instead = instead

    def show_page(self, name: str, key: object = None) -> None:
        """Go to a page, or to the one that takes its place here."""
        place, usual_key = self._instead.get(name, (name, None))
        super().show_page(place, key if key is not None else usual_key)


class Desk(QObject):
    """Owns the main window; `left` when it was closed, `lock_asked`, `restore_asked(file, password)`,
    `look_changed(look)` from the settings.
    """

    left = Signal()
    lock_asked = Signal()
    restore_asked = Signal(object, str)
    look_changed = Signal(object)

    def __init__(self, workspace: Workspace, tasks: Tasks, look: Look, *, is_demo: bool = False) -> None:
        super().__init__()
        self.workspace = workspace
        self.is_demo = is_demo
        self._tasks = tasks
        self._look = look
        self.tour: Tour | None = None
        self._minute = QTimer(self, interval=MINUTE)
        self._minute.timeout.connect(self._show_day)
        self._asked = QTimer(self, interval=ASKED)
        self._asked.timeout.connect(self._note_search)
        self._found = 0
        DialogHelp(self)
        self._build()
        self._minute.start()

    def _build(self) -> None:
        self.refresh = Refresh()
        self.specs = [*self._role_pages(), PageSpec("settings", _("设置"), "settings", self._make_settings)]
        self.window = DeskWindow(self.specs, self.refresh, TOWNSHIP_PAGES if self.workspace.is_township else {})
        if self.is_demo:
            self.window.setWindowTitle(_("网格走访（演示数据，都是虚构的）"))
        self.window.searched.connect(self._on_searched)
        self.window.hit_chosen.connect(self._on_hit_chosen)
        self.window.visit_asked.connect(self._on_visit_asked)
        self.window.help_asked.connect(self._show_help)
        self.window.closing.connect(self._on_closing)
        self._tasks.lasting.connect(self.window.follow)
        keys.bind(self.window, LOG_KEY, self._show_log, _("访问日志"), whole_window=True)
        self.refresh.changed.connect(lambda _changes: self.show_state())
        self._show_day()
        self.show_state()

    def _role_pages(self) -> list[PageSpec]:
        if self.workspace.is_township:
            from gridworker.ui.pages.township import township_pages

            return township_pages(self.workspace, self.refresh, self._tasks)
        from gridworker.ui.pages.worker import worker_pages

        return worker_pages(self.workspace, self.refresh, self._tasks)

    def _make_settings(self) -> "SettingsPage":
        from gridworker.ui.pages.settings import SettingsPage

        page = SettingsPage(self.workspace, self.refresh, self._tasks, self._look)
        page.look_changed.connect(self._on_look_changed)
        page.lock_asked.connect(self.lock_asked)
        page.log_asked.connect(self._show_log)
        page.restore_asked.connect(self.restore_asked)
        return page

    def show(self, sentence: str = "") -> None:
        """Show the first page, and a sentence about how one got here."""
        self.window.show()
        self.window.show_page(self.specs[0].name)
        Preload(TOWNSHIP if self.workspace.is_township else WORKER, self.window).start()
        if sentence:
            self.window.say(Message("saved", sentence))
        if keeping.recovery_unwritten(self.workspace):
            words = _("恢复码还没有抄好，忘了密码就打不开数据。")
            self.window.say(Message("warning", words, _("新恢复码"), self._ask_new_code))
        elif not self.is_demo and (words := second_copy.reminder(self.workspace)):
            self.window.say(Message("warning", words, _("去设置"), lambda: self._go("settings", None)))
        if not self.is_demo and (words := self.workspace.odd_day()):
            self.window.say(Message("warning", words))
        if self.is_demo:
            self.start_tour()

    def look_at(self, file: Path) -> None:
        """What a file would bring, on the page of imports."""
        self._go("collect" if self.workspace.is_township else "weekly", file)

    def start_tour(self, place: int = 0) -> None:
        """Walk through the pages of the role, from a stop on."""
        from gridworker.ui import tour_stops
        from gridworker.ui.tour import Tour

        stops = tour_stops.township_stops() if self.workspace.is_township else tour_stops.worker_stops()
        self.tour = Tour(self.window, stops, place)
        self.tour.ended.connect(self._on_tour_ended)

    def _ask_new_code(self) -> None:
        from gridworker.ui.pages.settings import NEW_CODE

        self._go("settings", NEW_CODE)

    def _on_tour_ended(self) -> None:
        self.tour = None

    def say_failure(self, sentence: str) -> None:
        """A failure at the foot of the window."""
        self.window.say(Message("failure", sentence))

    def rebuild(self, look: Look) -> None:
        """The same window in another language or size, the focus where it was; a tour goes on where it was."""
        old, self._look = self.window, look
        tour, self.tour = self.tour, None
        shown, focused = old.current_page(), old.focusWidget()
        self._build()
        self.window.setGeometry(old.geometry())
        self.window.show()
        self.window.show_page(shown)
        if focused is not None and (name := focused.accessibleName()):
            same = (one for one in self.window.findChildren(type(focused)) if one.accessibleName() == name)
            next(same, focused).setFocus()
        old.closing.disconnect(self._on_closing)
        old.close()
        old.deleteLater()
        if tour is not None:
            self.start_tour(tour.place)

    def put_away(self) -> None:
        """Close window and store; a dialog in front goes first, so that what was typed in it is kept.

        A job that still runs (an import when the pause locks the window) comes to its end before the store is closed;
        whatever is opened next waits for both, as jobs are done one after the other.
        """
        self._minute.stop()
        self._note_search()
        for dialog in self.window.findChildren(QDialog):
            dialog.hide()
        self.window.closing.disconnect(self._on_closing)
        self.window.close()
        self.window.deleteLater()
        self._tasks.leave(self.workspace.close)

    def show_state(self) -> None:
        """Who sits here, how safe the data are, how much waits."""
        self.window.sidebar.set_footer(self._who(), self._safety())
        if self.workspace.is_township:
            from gridworker.services import review

            self.window.sidebar.set_count("review", review.waiting_count(self.workspace))

    def _who(self) -> str:
        if self.is_demo:
            return _("演示数据 · 都是虚构的")
        store = self.workspace.store
        if self.workspace.is_township:
            return " · ".join(word for word in (store.get("township"), store.author) if word)
        grid = self.workspace.row("grid", self.workspace.grid) if self.workspace.grid else None
        return " · ".join(word for word in (store.author, str(grid.plain("name") or "") if grid else "") if word)

    def _safety(self) -> str:
        last = settings.last_backup(self.workspace.store.folder)
        return _("已加密 · {backup}").format(backup=backup_words(last, self.workspace.today))

    def _show_day(self) -> None:
        """The day may change while the window stands open."""
        today = self.workspace.today
        words = _("{month}月{day}日 星期{weekday} · {week}").format(
            month=today.month, day=today.day, weekday=weekday(today), week=week_of(today).label
        )
        self.window.top_bar.show_day(_("{day} · 演示数据").format(day=words) if self.is_demo else words)

    def _on_visit_asked(self) -> None:
        """F2 where the page has no F2 of its own: what 今日 does with it."""
        self.window.show_page("today")
        action = self.window.top_bar.action()
        if action is not None and action.key == VISIT_KEY:
            action.run()

    def _show_help(self, page: str) -> None:
        show_page(self.window, page, self.window.page(page), self.start_tour)

    def _on_searched(self, text: str) -> None:
        found = search.with_buildings(self.workspace, text, HITS)
        self._found = len(found)
        self._asked.start()
        self.window.top_bar.search.show_hits([_shown(hit) for hit in found if self._target(hit)])

    def _on_hit_chosen(self, hit: search.Hit) -> None:
        self._note_search()
        target = self._target(hit)
        if target is not None:
            self._go(*target)

    def _target(self, hit: search.Hit) -> tuple[str, object] | None:
        """Page and key of what was found; None where no page shows it."""
        if hit.ledger in {"household", "resident"}:
            person = hit.id if hit.ledger == "resident" else 0
            return ("households", HouseholdKey(hit.household, resident=person)) if hit.household else None
        if hit.ledger == "need":
            return ("needs", hit.id)
        if hit.ledger == search.BUILDING:
            return ("buildings", hit.id)
        if ledger(hit.ledger).area:
            return ("affairs", (hit.ledger, hit.id))
        return ("collect", hit.id) if self.workspace.is_township else None

    def _note_search(self) -> None:
        """Say to the access log that a search was made, once for all its letters."""
        if self._asked.isActive():
            self._asked.stop()
            access.note(self.workspace, "search", str(self._found))

    def _show_log(self) -> None:
        from gridworker.ui.pages.access_log import LogDialog

        dialog = LogDialog(self.window, self.workspace)
        dialog.opened.connect(self._on_log_line)
        dialog.open()

    def _on_log_line(self, name: str, id: Id) -> None:
        """Go to the record that a line of the log is about."""
        row = self.workspace.row(name, id)
        home = row.plain("household") if row is not None and name == "resident" else id
        target = self._target(search.Hit(name, id, "", "", home))
        if target is not None:
            self._go(*target)

    def _go(self, page: str, key: object) -> None:
        self.window.show_page(page, key)

    def _on_look_changed(self, look: Look) -> None:
        self._look = look
        # The window may be rebuilt by this: not while a control of its settings page is still speaking.
        QTimer.singleShot(0, self, partial(self.look_changed.emit, look))

    def _on_closing(self) -> None:
        self.window.hide()
        self.left.emit()


def _shown(hit: search.Hit) -> Hit:
    return Hit(hit.title, hit.subtitle, key=hit, icon=ICONS.get(hit.ledger, "file-text"))


def backup_words(last: datetime | None, today: date) -> str:
    """When the last backup was, briefly."""
    if last is None:
        return _("还没有备份")
    if last.date() == today:
        return _("备份 {time}").format(time=f"{last:%H:%M}")
    return _("备份 {month}月{day}日").format(month=last.month, day=last.day)
