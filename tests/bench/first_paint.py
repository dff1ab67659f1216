"""A window in a process of its own: `python -m tests.bench.first_paint bare|gate|open [FOLDER]`.

Prints the monotonic second of its first paint; for `open` that of 今日 over the store in the folder, and then the
process's memory in MB with today's plan, the households and the needs shown.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class FirstPaint(QObject):
    """Calls `seen` once, after the first paint of a part of the class named."""

    def __init__(self, part: str, seen: Callable[[], None]) -> None:
        super().__init__()
        self._part, self._seen = part, seen

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let everything through."""
        if event.type() == QEvent.Type.Paint and type(watched).__name__ == self._part:
            self._part = ""
            QTimer.singleShot(0, self._seen)
        return False


def main(what: str, folder: str = "") -> None:
    """Show and say when it was seen."""
    if what == "bare":
        app = QApplication([])
        bare = QWidget()
        watch(app, "QWidget", app.quit)
        bare.resize(1366, 768)
        bare.show()
        app.exec()
    elif what == "gate":
        from gridworker.ui import application

        app = QApplication([])
        watch(app, "Gate", app.quit)
        application.start(["--data", folder])
    else:
        open_store(folder)


def watch(app: QApplication, part: str, then: Callable[[], None]) -> None:
    """Print the moment of a part's first paint, then go on."""

    def seen() -> None:
        print(time.monotonic(), flush=True)
        then()

    app.first_paint = FirstPaint(part, seen)  # type: ignore[attr-defined]
    app.installEventFilter(app.first_paint)  # type: ignore[attr-defined]


def open_store(folder: str) -> None:
    """The window as a person opens it, and the pages a worker uses all day."""
    from gridworker.services.look import Look
    from gridworker.ui import theme
    from gridworker.ui.shell import Options, Shell
    from tests.bench.stores import PASSWORD, TODAY

    app = QApplication([])
    theme.apply(theme.LIGHT)
    shell = Shell(Options(Path(folder), TODAY, PASSWORD), Look(theme.LIGHT))

    def walk() -> None:
        assert shell.desk is not None
        for page in ("households", "needs", "today"):
            shell.desk.window.show_page(page)
            app.processEvents()
        print(memory(), flush=True)
        app.quit()

    watch(app, "TodayPage", walk)
    shell.begin()
    app.exec()
    shell.tasks.close()


def memory() -> float:
    """This process's share of the machine's memory in MB, pages shared with others divided among them."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
