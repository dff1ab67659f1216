"""Tokens, their contrast, and the switch between looks."""

import gc
import itertools
import weakref
from time import perf_counter

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gridworker.ui import theme
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.label import label

TONES = ("red", "amber", "green", "blue", "violet", "grey")
GROUNDS = ("bg", "surface", "surface2", "hover", "primary_weak")
SCHEMES = (theme.LIGHT, theme.DARK)


def ratio(scheme, ink, ground):
    tokens = theme.tokens(scheme)
    return theme.contrast(QColor(tokens[ink]), QColor(tokens[ground]))


def test_both_schemes_have_the_same_tokens():
    assert theme.tokens(theme.LIGHT).keys() == theme.tokens(theme.DARK).keys()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_can_be_read_on_every_ground_used(scheme):
    pairs = [*itertools.product(("text", "text2"), (*GROUNDS, "reply", *(f"{tone}_weak" for tone in TONES)))]
    pairs += [*itertools.product(("primary", "text3", *TONES), (*GROUNDS, "reply"))]
    pairs += [(tone, f"{tone}_weak") for tone in (*TONES, "primary")]
    pairs += [
        ("on_primary", "primary"),
        ("on_primary", "primary_hover"),
    ]
    assert {pair: ratio(scheme, *pair) for pair in pairs if ratio(scheme, *pair) < 4.5} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_and_dots_can_be_seen(scheme):
    marks = ("field_border", "dot_red", "dot_amber", "dot_green", "dot_blue", "dot_grey", "primary")
    assert {mark for mark in marks if ratio(scheme, mark, "surface") < 3} == set()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_numbers_on_heat_tiles_can_be_read(scheme):
    tokens = theme.tokens(scheme)
    for step in ("h1", "h2", "h3", "h4", "h5", "dot_red", "dot_amber"):
        ground = QColor(tokens[step])
        assert theme.contrast(theme.ink_on(ground), ground) >= 4.5, step


def test_contrast_knows_the_extremes():
    assert theme.contrast(QColor("white"), QColor("black")) == pytest.approx(21)
    assert theme.contrast(QColor("white"), QColor("white")) == pytest.approx(1)


def test_a_switch_recolours_painted_and_styled_widgets(qtbot):
    button, words = Button("保存", PRIMARY), label("超期", tone="red")
    for widget in (button, words):
        qtbot.addWidget(widget)
        widget.show()
    for scheme in SCHEMES:
        theme.apply(scheme, bundled_font=True)
        assert button.grab().toImage().pixelColor(4, 12) == QColor(theme.tokens(scheme)["primary"])
        assert words.palette().color(words.foregroundRole()) == QColor(theme.tokens(scheme)["red"])


def test_a_larger_font_enlarges_buttons_and_words(qtbot):
    button, title = Button("保存"), label("今日", "page_title")
    for widget in (button, title):
        qtbot.addWidget(widget)
        widget.show()
    before = button.sizeHint().height(), title.sizeHint().height()
    theme.apply(theme.LIGHT, 1.3, bundled_font=True)
    title.ensurePolished()
    assert button.sizeHint().height() == round(before[0] * 1.3)
    assert title.sizeHint().height() > before[1]


def test_auto_comes_to_light_or_dark(qtbot):
    theme.apply(theme.AUTO, bundled_font=True)
    assert theme.current().asked == theme.AUTO
    assert theme.current().scheme in SCHEMES


class Watcher(QWidget):
    """Says whether Python may collect while it is told of a new style, and whether the garbage is still there."""

    def __init__(self, garbage):
        super().__init__()
        self.garbage = garbage
        self.seen = []

    def changeEvent(self, event):
        if event.type() == QEvent.Type.StyleChange:
            self.seen.append((gc.isenabled(), self.garbage() is not None))
        super().changeEvent(event)


def test_no_widget_is_collected_while_all_are_told_of_the_new_look(qtbot):
    lost = QWidget()
    lost.itself = lost
    watcher = Watcher(weakref.ref(lost))
    qtbot.addWidget(watcher)
    watcher.seen.clear()
    del lost
    theme.apply(theme.DARK, bundled_font=True)
    assert set(watcher.seen) == {(False, False)}


def test_set_style_changes_the_tone_of_a_label(qtbot):
    words = QLabel("3")
    qtbot.addWidget(words)
    theme.set_style(words, tone="red")
    words.ensurePolished()
    assert words.palette().color(words.foregroundRole()) == QColor(theme.tokens(theme.LIGHT)["red"])


def test_a_switch_costs_about_as_much_as_the_first_look(qtbot):
    many = QWidget()
    qtbot.addWidget(many)
    inside = many
    for _depth in range(12):
        column = QVBoxLayout(inside)
        parts = [QLabel("字") for _each in range(20)] + [QWidget()]
        for part in parts:
            column.addWidget(part)
        inside = parts[-1]
    many.show()
    many.setStyleSheet("")
    taken = []
    for scheme in (theme.DARK, theme.LIGHT):
        begun = perf_counter()
        theme.apply(scheme, bundled_font=True)
        taken.append(perf_counter() - begun)
    assert taken[1] < 5 * taken[0]
