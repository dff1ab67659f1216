"""Line icons (Lucide) painted in a colour token, sharp at every scale and recoloured by a theme switch."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gridworker import paths
from gridworker.ui import theme


def icon(name: str, token: str = "text2", disabled_token: str = "text3") -> QIcon:
    """An icon of resources/icons in a token's colour; asked again at each paint, so it follows the theme."""
    return QIcon(_TokenIconEngine(name, token, disabled_token))


def paint_icon(painter: QPainter, rect: QRect | QRectF, name: str, ink: str | QColor) -> None:
    """Draw an icon into a square, in a token's colour or a given one."""
    shade = theme.color(ink) if isinstance(ink, str) else ink
    area = QRectF(rect)
    ratio = painter.device().devicePixelRatioF()
    size = round(min(area.width(), area.height()) * ratio)
    painter.drawImage(area, _rendered(name, shade.name(QColor.NameFormat.HexArgb), size))


@lru_cache(maxsize=512)
def _rendered(name: str, shade: str, size: int) -> QImage:
    """One icon as pixels; an image, not a pixmap, because the cache outlives the application."""
    ink = QColor(shade)
    source = paths.resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", ink.name()).encode()))
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setOpacity(ink.alphaF())
        renderer.render(painter)
    return image


class _TokenIconEngine(QIconEngine):
    """Paints one icon in the colour its token has at that moment."""

    def __init__(self, name: str, token: str, disabled_token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token
        self._disabled_token = disabled_token

    def clone(self) -> QIconEngine:
        """A second engine for a copy of the icon."""
        return _TokenIconEngine(self._name, self._token, self._disabled_token)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon; the disabled one in a weaker token."""
        token = self._disabled_token if mode == QIcon.Mode.Disabled else self._token
        paint_icon(painter, rect, self._name, token)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon as a pixmap of that many device pixels."""
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        with QPainter(made) as painter:
            self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        return made
