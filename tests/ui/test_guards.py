"""Guards against what breaks the whole window: a bad Qt build and heavy imports (gui.md §0, §2)."""

import subprocess
import sys

import pytest
from PySide6.QtWidgets import QLabel


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from 3.12 on")
def test_qt_does_not_steal_references_to_none(qtbot):
    words = QLabel()
    qtbot.addWidget(words)
    before = sys.getrefcount(None)
    for _each in range(300):
        words.setText("x")
    assert abs(sys.getrefcount(None) - before) < 50


def test_the_window_imports_nothing_heavy():
    heavy = ("openpyxl", "xlsxwriter", "python_calamine", "sqlite_utils", "sqlcipher3", "numpy", "pypinyin", "asyncio")
    code = f"import sys, gridworker.ui.main_window; print([name for name in {heavy!r} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
