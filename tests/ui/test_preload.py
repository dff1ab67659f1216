"""What pages need is read before they are opened, one module in a turn of the event loop."""

import subprocess
import sys

from PySide6.QtCore import QObject

from gridworker.ui.preload import TOWNSHIP, WORKER, Preload

PAGES = {
    "worker": ("households", "needs", "sheet", "settings"),
    "township": ("review", "summary", "households", "settings"),
}


def test_one_module_at_a_time_in_order(qtbot, monkeypatch):
    read = []
    monkeypatch.setattr("gridworker.ui.preload.import_module", read.append)
    owner = QObject()
    preload = Preload(["first", "second"], owner)
    preload.start()
    assert read == []
    qtbot.waitUntil(lambda: read == ["first"])
    assert not preload.is_done()
    qtbot.waitUntil(preload.is_done)
    assert read == ["first", "second"]


def test_every_light_page_is_read_before_it_is_opened():
    for role, modules in (("worker", WORKER), ("township", TOWNSHIP)):
        assert {f"gridworker.ui.pages.{page}" for page in PAGES[role]} <= set(modules)


def test_all_of_them_exist():
    names = sorted({*WORKER, *TOWNSHIP})
    code = f"import importlib; [importlib.import_module(name) for name in {names!r}]"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
