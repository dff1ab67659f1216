"""From the first paint to the last backup: gate, store, main window; the only one that knows the whole way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from gridworker.errors import GridworkerError
from gridworker.i18n import _
from gridworker.services import keeping, pins, rescue, second_copy, settings
from gridworker.services import look as look_file
from gridworker.services import workspace as workspaces
from gridworker.services.look import Look
from gridworker.services.workspace import Workspace
from gridworker.ui import theme
from gridworker.ui.desk import Desk
from gridworker.ui.idle import IdleWatch
from gridworker.ui.language import speak
from gridworker.ui.page import Message
from gridworker.ui.pages.first_run import FirstRun
from gridworker.ui.pages.unlock import Unlock
from gridworker.ui.shell_failures import Failures, sentence_for
from gridworker.ui.shell_gate import Gate, Waiting, notice, opening
from gridworker.ui.tasks import Job, Tasks


@dataclass(frozen=True, slots=True)
class Options:
    """How the window was started: data folder, the day for every rule, the password if one was given."""

    data: Path
    today: date | None = None
    passphrase: str = ""


class Shell(QObject):
    """Leads a person in and out; `ended` when nothing is left to do."""

    ended = Signal()

    def __init__(
        self, options: Options, look: Look, failures: Failures | None = None, gate: Gate | None = None
    ) -> None:
        super().__init__()
        self._options = options
        self.look = look
        self.tasks = Tasks(self)
        self.gate = gate
        self.desk: Desk | None = None
        self.watch: IdleWatch | None = None
        self._is_damaged = False
        if gate is not None:
            gate.left.connect(self._end)
        if failures is not None:
            failures.happened.connect(self.say_failure)

    def begin(self) -> None:
        """Show the gate, unless it stands already; what takes time comes after its first paint."""
        if self.gate is None:
            self._show_gate(opening())
        QTimer.singleShot(0, self._enter)

    def refuse_second(self) -> None:
        """Another window has this folder."""
        advice = _("同一份数据一次只开一个窗口。请切换到已打开的窗口。")
        self._show_gate(notice("info", _("网格走访已经打开"), advice))

    def refuse_folder(self) -> None:
        """Nothing can be written where the data are."""
        advice = _("请检查 {folder} 的权限，或换一个位置再打开。").format(folder=self._options.data)
        self._show_gate(notice("triangle-alert", _("数据文件夹不能写入"), advice))

    def say_failure(self, sentence: str) -> None:
        """One sentence, without standing in the way."""
        if self.desk is not None:
            self.desk.say_failure(sentence)
        elif self.gate is not None and isinstance(part := self.gate.part(), Unlock):
            part.show_error(sentence)

    def _enter(self) -> None:
        if not settings.has_store(self._options.data):
            self._show_first_run()
        elif self._options.passphrase:
            self._open(self._options.data, self._options.passphrase)
        else:
            self._show_unlock()

    def _show_gate(self, part: QWidget) -> None:
        if self.gate is None:
            self.gate = Gate()
            self.gate.left.connect(self._end)
            self._place_like_before(self.gate)
        self.gate.show_part(part)
        self.gate.show()

    def _place_like_before(self, window: QWidget) -> None:
        """Where the window before stood."""
        before = self.desk.window if self.desk is not None else self.gate if self.gate is not window else None
        if before is not None:
            window.setGeometry(before.geometry())
            if before.isMaximized():
                window.setWindowState(before.windowState())

    def _show_first_run(self) -> None:
        part = FirstRun(self._options.data, self.tasks, self._options.today)
        part.finished.connect(self._sit_down)
        part.import_asked.connect(self._sit_down_to_import)
        part.demo_asked.connect(self._open_demo)
        part.restore_asked.connect(self._on_first_restore)
        part.scale_asked.connect(self._on_scale_asked)
        self._show_gate(part)

    def _on_scale_asked(self, scale: float) -> None:
        self.look = Look(self.look.theme, scale, self.look.language)
        look_file.write_look(self._options.data, self.look)
        theme.apply(self.look.theme, scale)

    def _show_unlock(self, sentence: str = "", held: pins.Held | None = None) -> None:
        part = Unlock(str(self._options.data), takes_pin=held is not None)
        if held is not None:
            part.pin_given.connect(lambda digits: self._open_held(held, digits))
        part.password_given.connect(lambda password: self._open(self._options.data, password))
        part.recovery_given.connect(self._on_recovery_given)
        self._show_gate(part)
        if sentence:
            part.show_error(sentence)

    def _open(self, folder: Path, password: str, sentence: str = "") -> None:
        today = self._options.today
        if self._is_damaged:
            self._is_damaged = False
            self._look_at_damage(password)
            return
        self._work(
            lambda: workspaces.open_folder(folder, password, today),
            lambda workspace: self._sit_down(workspace, sentence),
            lambda error: self._on_not_opened(error, password),
        )

    def _open_held(self, held: pins.Held, digits: str) -> None:
        self._work(lambda: held.open(digits, self._options.today), self._sit_down, self._on_wrong_pin)

    def _on_wrong_pin(self, error: Exception) -> None:
        """Some wrong PINs are told; then only the password opens."""
        part = self.gate.part() if self.gate is not None else None
        if isinstance(error, GridworkerError) and error.code == "pin_over" and isinstance(part, Unlock):
            part.ask_for_password(sentence_for(error))
        else:
            self._on_gate_failed(error)

    def _on_not_opened(self, error: Exception, password: str) -> None:
        """A damaged data file is looked at; anything else is said."""
        if isinstance(error, GridworkerError) and error.code == "damaged":
            self._look_at_damage(password)
        else:
            self._on_gate_failed(error)

    def _look_at_damage(self, password: str) -> None:
        self._show_gate(notice("triangle-alert", _("数据文件有损坏"), _("正在看还读得出什么，不会改动它…")))
        folder = self._options.data
        self._work(lambda: rescue.look(folder, password), lambda damage: self._offer_rescue(damage, password))

    def _offer_rescue(self, damage: rescue.Damage, password: str) -> None:
        from gridworker.ui.pages.rescue import RescuePart

        part = RescuePart(damage, datetime.now())
        part.salvage_asked.connect(lambda: self._salvage(password))
        part.restore_asked.connect(lambda file: self._restore(file, password))
        self._show_gate(part)

    def _salvage(self, password: str) -> None:
        self._show_gate(notice("history", _("正在救出记录…"), _("损坏的文件会原样留在旁边的文件夹里。")))
        folder, today = self._options.data, self._options.today

        def work() -> tuple[Workspace, str]:
            found = rescue.rescue(folder, password)
            return workspaces.open_folder(folder, password, today), "".join(rescue.lines(found))

        self._work(work, lambda made: self._sit_down(*made))

    def _on_damage_found(self) -> None:
        """The pages of an open store do not read as they were written: it is locked, and looked at when unlocked."""
        words = _("数据文件有损坏，请现在处理，不要再记新的。")
        if self.desk is not None:
            self.desk.window.say(Message("warning", words, _("看怎么救"), self._lock_damaged))

    def _lock_damaged(self) -> None:
        self._is_damaged = True
        self._lock()

    def _on_recovery_given(self, code: str, password: str) -> None:
        folder, today = self._options.data, self._options.today

        def work() -> Workspace:
            keeping.rekey(folder, "", code, password)
            return workspaces.open_folder(folder, password, today)

        self._work(work, lambda workspace: self._sit_down(workspace, _("密码已改。")))

    def _work(
        self,
        work: Callable[[], object],
        done: Callable[..., object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Something slow at the gate; a failure is said there."""
        self.tasks.start(lambda _job: work(), done=done, failed=failed or self._on_gate_failed)

    def _on_gate_failed(self, error: Exception) -> None:
        if not isinstance(error, GridworkerError):
            raise error
        if self.gate is not None and isinstance(part := self.gate.part(), Unlock):
            part.show_error(sentence_for(error))
        else:
            self._show_unlock(sentence_for(error))

    def _open_demo(self, role: str) -> None:
        part = Waiting("eye", _("正在准备演示数据…"), _("都是虚构的，放在另一处，不会混进真的数据。"))
        self._show_gate(part)
        folder, today = self._options.data, self._options.today

        def work(job: Job) -> Workspace:
            from gridworker.services import demos

            return demos.open_or_make(folder, role, today, job.step)

        job = self.tasks.start(
            work, done=lambda workspace: self._sit_down(workspace, is_demo=True), failed=self._on_gate_failed,
            progress=part.show_progress, cancelled=self._enter,
        )  # fmt: skip
        part.cancelled.connect(job.cancel)

    def _sit_down(self, workspace: Workspace, sentence: str = "", *, is_demo: bool = False) -> None:
        """The main window over an open store."""
        self.desk = Desk(workspace, self.tasks, self.look, is_demo=is_demo)
        self.desk.left.connect(self._on_desk_left)
        self.desk.lock_asked.connect(self._lock)
        self.desk.restore_asked.connect(self._restore)
        self.desk.look_changed.connect(self._on_look_changed)
        if not is_demo:
            self.watch = IdleWatch(partial(settings.idle_seconds, workspace), self)
            self.watch.idle.connect(self._lock)
        if self.gate is not None:
            self._place_like_before(self.desk.window)
        self.desk.show(sentence)
        self._close_gate()
        if not is_demo:
            self.tasks.start(
                lambda _job: keeping.pages_are_sound(workspace),
                done=lambda is_sound: None if is_sound else self._on_damage_found(),
            )

    def _sit_down_to_import(self, workspace: Workspace, file: Path) -> None:
        """The main window, first of all with a file to look at."""
        self._sit_down(workspace)
        if self.desk is not None:
            self.desk.look_at(file)

    def _close_gate(self) -> None:
        if self.gate is not None:
            self.gate.leave()
            self.gate.deleteLater()
            self.gate = None

    def _leave_desk(self) -> None:
        """Put the main window and its store away."""
        if self.watch is not None:
            self.watch.stop()
            self.watch = None
        if self.desk is not None:
            self.desk.put_away()
            self.desk = None

    def _lock(self) -> None:
        """Behind the password; behind the PIN where one was set and the data are sound."""
        is_known = self.desk is not None and not self.desk.is_demo and not self._is_damaged
        self._show_unlock(held=pins.hold(self.desk.workspace) if self.desk is not None and is_known else None)
        self._leave_desk()

    def _restore(self, file: Path, password: str) -> None:
        self._show_gate(notice("history", _("正在恢复备份…"), _("现在的数据会留在旁边的文件夹里。")))
        self._leave_desk()
        folder, today = self._options.data, self._options.today

        def work() -> Workspace:
            keeping.restore(folder, file, password)
            return workspaces.open_folder(folder, password, today)

        self._work(work, lambda workspace: self._sit_down(workspace, _("已恢复备份；原来的数据留在旁边的文件夹里。")))

    def _on_first_restore(self, file: Path) -> None:
        """The password of a backup is asked for like any other."""
        part = Unlock(file.name)
        part.password.forgot.hide()
        part.password_given.connect(lambda password: self._restore_first(file, password))
        self._show_gate(part)

    def _restore_first(self, file: Path, password: str) -> None:
        folder, today = self._options.data, self._options.today

        def work() -> Workspace:
            keeping.restore(folder, file, password)
            return workspaces.open_folder(folder, password, today)

        self._work(work, lambda workspace: self._sit_down(workspace, _("已恢复备份。")))

    def _on_look_changed(self, look: Look) -> None:
        """A theme changes at once; a language or a size needs the window built anew, as lengths were set in it.

        A running job is waited for: the page that asked wants to hear how it went.
        """
        before, self.look = self.look, look
        look_file.write_look(self._options.data, look)
        if (look.language, look.scale) != (before.language, before.scale) and self.desk is not None:
            self.tasks.when_idle(lambda: self._rebuild_desk(look))

    def _rebuild_desk(self, look: Look) -> None:
        if self.desk is not None and look == self.look:
            speak(look.language)
            self.desk.rebuild(look)

    def _on_desk_left(self) -> None:
        """The window is closed: the day's backup, then the end."""
        desk = self.desk
        self.tasks.cancel_all()
        if desk is None or desk.is_demo or not settings.backup_is_due(desk.workspace):
            self._end()
            return
        part = Waiting("save", _("正在备份…"), _("做完自动退出，不用等。"))
        self._show_gate(part)
        workspace = desk.workspace
        job = self.tasks.start(
            lambda job: second_copy.followed(workspace, keeping.backup(workspace, is_stopped=job.is_cancelled)),
            done=lambda _told: self._end(),
            failed=self._on_not_backed_up, cancelled=self._end,
        )  # fmt: skip
        part.cancelled.connect(job.cancel)

    def _on_not_backed_up(self, error: Exception) -> None:
        self._show_gate(notice("triangle-alert", _("今天的备份没有做成"), sentence_for(error)))

    def _end(self) -> None:
        """Nothing is left open."""
        self.tasks.close()
        self._leave_desk()
        self._close_gate()
        self.ended.emit()
