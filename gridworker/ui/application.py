"""Starting the window: options, look, one instance per data folder, and what comes first."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from gridworker import paths
from gridworker.i18n import _
from gridworker.services.look import Look, read_look
from gridworker.ui import theme
from gridworker.ui.garbage import Collector
from gridworker.ui.language import speak
from gridworker.ui.shell_failures import Failures
from gridworker.ui.shell_gate import Gate, opening
from gridworker.ui.widgets.focus_ring import FocusRing

LOCK = "window.lock"


def start(arguments: Sequence[str]) -> int:
    """Run the window until it is closed; 2 when it cannot be opened at all."""
    given = _parse(arguments)
    folder = given.data or paths.default_data_folder()
    passphrase = _passphrase(given.passphrase_file)
    if passphrase is None or not _make_folder(folder):
        return 2
    look = read_look(folder)
    app = _application(look)
    speak(given.language or look.language)
    failures = Failures(folder)
    failures.install()
    lock = QLockFile(str(folder / LOCK))
    lock.setStaleLockTime(0)
    opened: list[QObject] = []

    def enter() -> None:
        """The rest of the program is read once a window stands there."""
        from gridworker.ui.shell import Options, Shell

        shell = Shell(Options(folder, given.today, passphrase), look, failures, gate)
        opened.append(shell)
        shell.ended.connect(app.quit)
        if lock.tryLock(0):
            shell.begin()
        elif lock.error() == QLockFile.LockError.LockFailedError:
            shell.refuse_second()
        else:
            shell.refuse_folder()

    gate = _gate(enter)
    gate.left.connect(app.quit)
    try:
        return app.exec()
    finally:
        lock.unlock()
        failures.remove()


def _gate(enter: Callable[[], None]) -> Gate:
    gate = Gate()
    gate.painted.connect(enter)
    gate.show_part(opening())
    gate.show()
    return gate


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="gridworker")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--today", type=date.fromisoformat)
    parser.add_argument("--passphrase-file", type=Path)
    parser.add_argument("--language")
    return parser.parse_args(list(arguments))


def _passphrase(file: Path | None) -> str | None:
    """The password given from outside; empty for none, None where it cannot be read."""
    if file is None:
        return os.environ.get("GRIDWORKER_PASSPHRASE", "")
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()[0].strip()
    except (OSError, UnicodeDecodeError, IndexError):
        print(_("读不了密码文件：{path}，第一行应是密码。").format(path=file), file=sys.stderr)
        return None


def _make_folder(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        words = _("数据文件夹建不了：{path}（{why}）。请换一个位置。")
        print(words.format(path=folder, why=error.strerror), file=sys.stderr)
        return False
    return True


def _application(look: Look) -> QApplication:
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["gridworker"])
    app.setApplicationName("gridworker")
    app.setWindowIcon(QIcon(str(paths.resource("icons", "gridworker.svg"))))
    app.setQuitOnLastWindowClosed(False)
    theme.apply(look.theme, look.scale)
    theme.follow_system()
    Collector(app)
    FocusRing.install(app)
    return app
