"""The program's icon for Windows, in the sizes Explorer shows, from its drawing: `python -m tests.tools.make_icon`."""

import os
import struct
from pathlib import Path

from gridworker import paths

SIZES = (16, 24, 32, 48, 64, 128, 256)
ICON = Path(__file__).parents[2] / "resources" / "windows" / "gridworker.ico"


def main() -> None:
    """Write the icon file."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    ICON.write_bytes(together([drawn(size) for size in SIZES]))
    print(ICON)


def together(pictures: list[bytes]) -> bytes:
    """An icon file: a directory of sizes and places, then the pictures (PNG, as Windows reads since Vista)."""
    place = 6 + 16 * len(pictures)
    entries = b""
    for size, picture in zip(SIZES, pictures, strict=True):
        edge = size % 256  # 0 stands for 256
        entries += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    return struct.pack("<HHH", 0, 1, len(pictures)) + entries + b"".join(pictures)


def drawn(size: int) -> bytes:
    """The drawing as a PNG picture."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    app = QGuiApplication.instance() or QGuiApplication([])
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(str(paths.resource("icons", "gridworker.svg"))).render(painter)
    told = QByteArray()
    buffer = QBuffer(told)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    del app
    return told.data()


if __name__ == "__main__":
    main()
