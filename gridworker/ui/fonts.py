"""Which typeface the window speaks: the system's on Windows, our bundled subset elsewhere, in tests and in PDFs."""

import os
from functools import cache

from PySide6.QtGui import QFontDatabase, QRawFont

from gridworker import paths

BUNDLED_FAMILY = "Gridworker Sans"
# In order of preference; the last draws rare characters in names that the first lack.
WINDOWS_FAMILIES = ("Microsoft YaHei UI", "Microsoft YaHei", "SimSun-ExtB")


@cache
def load_bundled() -> str:
    """Make the bundled family known to Qt and return its name; needs a QGuiApplication."""
    for style in ("Regular", "Bold"):
        QFontDatabase.addApplicationFont(str(paths.resource("fonts", f"GridworkerSans-{style}.otf")))
    return BUNDLED_FAMILY


def families(*, bundled: bool = False) -> list[str]:
    """Font families for the window, best first; `bundled` asks for the same glyphs on every machine."""
    ours = load_bundled()
    if bundled or os.name != "nt":
        return [ours]
    installed = set(QFontDatabase.families())
    return [name for name in WINDOWS_FAMILIES if name in installed] + [ours]


def missing_characters(text: str) -> str:
    """Characters the bundled font cannot draw, in order, once each: they would be blank in a PDF."""
    face = QRawFont(str(paths.resource("fonts", "GridworkerSans-Regular.otf")), 13)
    return "".join(dict.fromkeys(c for c in text if not c.isspace() and not face.supportsCharacter(ord(c))))
