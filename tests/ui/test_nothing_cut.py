"""In the smallest window with the largest font no word of any page is cut, in no language."""

import gettext
from collections.abc import Iterator
from functools import cache

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QScrollArea, QWidget

from gridworker import i18n
from gridworker.paths import resource
from gridworker.ui import theme
from gridworker.ui.language import speak
from gridworker.ui.widgets.label import ElidedLabel
from tests import invented
from tests.ui import places
from tests.ui.township_window import close_desk, open_desk, with_books

SMALLEST = (1092, 574)
ARROW = 34  # px of a list beside its word
GIVES_WAY = {
    "按编号排，不排名次；回车看记录", "By code, no ranking; Enter shows records", "What comes next, may stay blank",
}  # fmt: skip
"""Words that may go, as what they say is told elsewhere too (look §7)."""


def cut_parts(root: QWidget) -> set[str]:
    """Our own words in visible labels, buttons, lists and empty fields that do not have the room they need."""
    return {f"{type(part).__name__}: {words(part)}" for part in worded(root) if is_cut(part)}


def worded(root: QWidget) -> Iterator[QWidget]:
    kinds = (QLabel, QAbstractButton, QComboBox, QLineEdit)
    every = (part for kind in kinds for part in root.findChildren(kind))
    return (part for part in every if part.isVisible() and words(part))


def words(part) -> str:
    if isinstance(part, QLineEdit):
        return part.text() or part.placeholderText()
    return part.currentText() if isinstance(part, QComboBox) else part.text()


def is_cut(part) -> bool:
    if may_be_data(part) and (words(part) not in own_words() or words(part) in GIVES_WAY):
        return False
    if isinstance(part, QLabel) and part.wordWrap():
        return part.heightForWidth(part.width()) > part.height() + 1 or is_covered(part)
    return part.width() < wanted(part) or part.height() < part.fontMetrics().height() or is_covered(part)


def may_be_data(part) -> bool:
    """What shows a record's own words gives way to everything else, with the whole in its tooltip."""
    return isinstance(part, ElidedLabel | QLineEdit) or getattr(part, "_gives_way", False)


@cache
def own_words() -> set[str]:
    """Every sentence of the program without facts in it, in every language."""
    file = resource("locale", "en", "LC_MESSAGES", "gridworker.mo")
    with file.open("rb") as stream:
        known = gettext.GNUTranslations(stream)._catalog
    return {one for pair in known.items() for one in pair if isinstance(one, str) and "{" not in one}


def wanted(part) -> int:
    if isinstance(part, QComboBox):
        return part.fontMetrics().horizontalAdvance(words(part)) + ARROW
    if isinstance(part, QLineEdit | ElidedLabel):
        return part.fontMetrics().horizontalAdvance(words(part))
    return part.sizeHint().width()


def is_covered(part: QWidget) -> bool:
    """Whether something around the part cuts it off at a side to which nothing scrolls."""
    around = part.parentWidget()
    while around is not None and not part.isWindow():
        place = QRect(part.mapTo(around, QPoint()), part.size())
        if isinstance(around.parentWidget(), QWidget) and isinstance(around.parentWidget().parentWidget(), QScrollArea):
            view = around.parentWidget()
            left = part.mapTo(view, QPoint()).x()
            return left < 0 or left + part.width() > view.width()
        if not around.rect().contains(place):
            return True
        around = None if around.isWindow() else around.parentWidget()
    return False


@pytest.fixture(params=["worker", "township"])
def desk(qtbot, request, open_copy, tmp_path):
    workspace = request.getfixturevalue(request.param)
    if workspace.is_township:
        with_books(workspace, open_copy, tmp_path)
    else:
        invented.fill(workspace, 24, 4, 1)
    made = open_desk(qtbot, workspace)
    yield made
    close_desk(made)


@pytest.mark.parametrize("spoken", i18n.LANGUAGES)
def test_no_word_is_cut(desk, spoken):
    theme.apply(theme.LIGHT, 1.3, bundled_font=True)
    speak(spoken)
    cut = {}
    try:
        desk.rebuild(desk._look)
        for name, place in (places.township_places() if desk.workspace.is_township else places.worker_places()).items():
            with places.at(desk, place) as window:
                for _turn in range(6):  # height follows width one level a turn; until then it may need more
                    desk.window.resize(*SMALLEST)
                    QApplication.processEvents()
                assert desk.window.size().toTuple() == SMALLEST, name
                if found := cut_parts(window):
                    cut[name] = found
    finally:
        speak(i18n.LANGUAGES[0])
    assert cut == {}
