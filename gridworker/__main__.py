"""`gridworker` opens the window; with a command it works without Qt and without a display."""

import multiprocessing
import os
import sys

_OPTIONS_WITH_VALUE = frozenset({"--data", "--passphrase-file", "--today", "--language"})


def main() -> int:
    """Start the window or do one command; returns the exit code."""
    multiprocessing.freeze_support()  # in the bundle, the reader's process starts here too
    arguments = sys.argv[1:]
    if _names_command(arguments):
        from gridworker.cli.main import run

        return run(arguments)
    if not _has_display():
        print("没有图形界面，打不开窗口；命令行用法见 gridworker --help。", file=sys.stderr)
        return 2
    from gridworker.ui.application import start

    return start(arguments)


def _names_command(arguments: list[str]) -> bool:
    """Whether anything but options of the window was given."""
    rest = iter(arguments)
    for one in rest:
        if one in {"-h", "--help", "--version"} or not one.startswith("-"):
            return True
        if one in _OPTIONS_WITH_VALUE:
            next(rest, None)
    return False


def _has_display() -> bool:
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
