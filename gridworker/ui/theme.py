"""Colours and sizes: tokens of resources/themes become one palette, one style sheet and fonts, switched at run time.

Widgets that paint themselves ask `color()` and `px()` at paint time, so a switch needs no bookkeeping:
setting the style sheet of a window repaints and lays out everything in it.

Each window without a parent wears the sheet (`dress`), the application none: with a sheet of the application Qt works
out the look of every widget anew whenever something around it is put into something else, so that making a page took
twice to three times as long (measured). Until a part is in a window it has only font and palette.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Any, Final
from weakref import WeakSet

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from gridworker import paths
from gridworker.ui import fonts, garbage

LIGHT: Final = "light"
DARK: Final = "dark"
AUTO: Final = "auto"
SCALES: Final = (1.0, 1.15, 1.3)
DARK_INK: Final = "#10202A"  # the dark partner of white on heat tiles and badges (look §2)


@dataclass(frozen=True)
class Look:
    """What is shown now: the scheme asked for, the one it came to, font scale and colour tokens."""

    asked: str
    scheme: str
    scale: float
    tokens: Mapping[str, str]
    families: tuple[str, ...]


def tokens(scheme: str) -> Mapping[str, str]:
    """The colour tokens of a scheme, name to #RRGGBB."""
    values: Mapping[str, str] = paths.json_resource("themes", f"{scheme}.json")
    return values


_look = Look(LIGHT, LIGHT, 1.0, tokens(LIGHT), (fonts.BUNDLED_FAMILY,))
_dressed: Final[WeakSet[QWidget]] = WeakSet()


def current() -> Look:
    """The look now shown."""
    return _look


def apply(scheme: str = LIGHT, scale: float = 1.0, *, bundled_font: bool = False) -> None:
    """Show light, dark or auto (the system's choice) at a font scale; the application must exist."""
    global _look  # noqa: PLW0603 - one application has one look
    app = _application()
    resolved = _system_scheme(app) if scheme == AUTO else scheme
    _look = Look(scheme, resolved, scale, tokens(resolved), tuple(fonts.families(bundled=bundled_font)))
    with garbage.held():
        windows = [window for window in _dressed if isValid(window)]
        # A sheet exchanged for another is worked out over and over down the tree; from none it is once for each widget.
        for window in windows:
            window.setStyleSheet("")
        if app.style().objectName() != "fusion":
            app.setStyle("Fusion")
        app.setPalette(_palette())
        app.setFont(font(13))
        for window in windows:
            window.setStyleSheet(_style_sheet(_look.scheme, _look.scale))


def dress(window: QWidget) -> None:
    """Let a window without a parent, and all in it, wear the look shown and those to come; best when it is filled."""
    _dressed.add(window)
    window.setStyleSheet(_style_sheet(_look.scheme, _look.scale))


@contextmanager
def printed() -> Iterator[None]:
    """Paint as on paper for a while: light, at scale 1.0, in the bundled typeface."""
    global _look  # noqa: PLW0603 - one application has one look
    before = _look
    _look = Look(LIGHT, LIGHT, 1.0, tokens(LIGHT), tuple(fonts.families(bundled=True)))
    try:
        yield
    finally:
        _look = before


def follow_system() -> None:
    """Let the auto scheme follow the system from now on."""
    hints = _application().styleHints()
    hints.colorSchemeChanged.connect(_on_system_scheme_changed)


def color(token: str, alpha: float = 1.0) -> QColor:
    """A token as a colour, optionally translucent (0 … 1)."""
    value = QColor(_look.tokens[token])
    value.setAlphaF(alpha)
    return value


def px(size: float) -> int:
    """A length that grows with the font, in logical pixels at scale 1.0."""
    return round(size * _look.scale)


def font(size: float = 13, *, bold: bool = False) -> QFont:
    """The window's font at a size in logical pixels at scale 1.0."""
    made = QFont(list(_look.families))
    made.setPixelSize(px(size))
    made.setBold(bold)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def text_width(text: str, size: float = 13, *, bold: bool = False) -> int:
    """How wide a text is painted, in logical pixels."""
    return ceil(QFontMetricsF(font(size, bold=bold)).horizontalAdvance(text))


def contrast(one: QColor, other: QColor) -> float:
    """The WCAG 2 contrast ratio of two opaque colours, 1 … 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def ink_on(ground: QColor) -> QColor:
    """White or the dark ink, whichever reads better on a coloured ground."""
    return max(QColor("white"), QColor(DARK_INK), key=lambda ink: contrast(ink, ground))


def set_style(widget: QWidget, **properties: Any) -> None:
    """Set the dynamic properties the style sheet looks at and let it look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("a QApplication is needed first")
    return app


def _system_scheme(app: QApplication) -> str:
    hints = app.styleHints()
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def _on_system_scheme_changed() -> None:
    if _look.asked == AUTO:
        apply(AUTO, _look.scale, bundled_font=_look.families == (fonts.BUNDLED_FAMILY,))


def _luminance(value: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(value.redF()) + 0.7152 * linear(value.greenF()) + 0.0722 * linear(value.blueF())


def _palette() -> QPalette:
    role = QPalette.ColorRole
    roles = {
        role.Window: "bg", role.WindowText: "text", role.Base: "surface", role.AlternateBase: "surface2",
        role.Text: "text", role.Button: "surface", role.ButtonText: "text", role.BrightText: "red",
        role.Highlight: "primary", role.HighlightedText: "on_primary", role.PlaceholderText: "text3",
        role.ToolTipBase: "surface", role.ToolTipText: "text", role.Link: "primary", role.LinkVisited: "primary",
        role.Light: "hover", role.Midlight: "line", role.Mid: "border", role.Dark: "field_border",
    }  # fmt: skip
    palette = QPalette()
    for where, token in roles.items():
        palette.setColor(where, color(token))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, color("text3"))
    return palette


@lru_cache(maxsize=2)
def _style_sheet(scheme: str, scale: float) -> str:
    """The sheet of a scheme that is light or dark, at a font scale."""
    known = tokens(scheme)
    template = paths.resource("themes", "app.qss").read_text(encoding="utf-8")
    coloured = re.sub(r"@(\w+)", lambda found: known[found[1]], template)
    return re.sub(r"(\d+)sp\b", lambda found: f"{round(int(found[1]) * scale)}px", coloured)
