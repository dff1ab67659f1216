"""A damaged data file: what can be recovered, what a backup would leave out, and the choice between the two."""

from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services import rescue
from gridworker.services.rescue import Damage
from gridworker.ui import keys, theme
from gridworker.ui.shell_gate import brand, small_card
from gridworker.ui.widgets.button import PRIMARY, Button, link
from gridworker.ui.widgets.card import row, scrolling
from gridworker.ui.widgets.label import label

_WIDTH: Final = 560
_EDGES: Final = 2 * 29
"""Margins and lines of the card at both sides."""


class RescuePart(QWidget):
    """Emits `salvage_asked`, or `restore_asked(file)`."""

    salvage_asked = Signal()
    restore_asked = Signal(object)

    def __init__(self, damage: Damage, now: datetime) -> None:
        super().__init__()
        self.salvage = Button(_("救出记录"), PRIMARY, icon="check", key="Ctrl+Enter")
        self.restore = Button(_("恢复这份备份"), icon="history")
        self.another = link(_("选别的备份文件"), icon="folder-open")
        outer, inside = small_card(_WIDTH)
        inside.addLayout(brand())
        inside.addWidget(label(_("数据文件有损坏"), "card_title"))
        words = _("{damage}多半是磁盘坏了或没有正常关机。损坏的文件会原样留在旁边的文件夹里。")
        inside.addWidget(_text(words.format(damage=damage.sentence)))
        if damage.found is not None:
            self._add(inside, _("救出还读得出的记录"), list(rescue.lines(damage.found)), self.salvage)
            self.salvage.clicked.connect(self.salvage_asked)
            keys.bind(self, "Ctrl+Enter", self.salvage_asked.emit)
        if damage.backup is not None:
            file = damage.backup.file
            self._add(inside, _("恢复最近的完好备份"), list(_about(damage, now)), self.restore)
            self.restore.clicked.connect(lambda: self.restore_asked.emit(file))
        else:
            inside.addWidget(_text(_("这个文件夹里没有完好的备份。")))
        inside.addLayout(row(self.another, 1))
        self.another.clicked.connect(self._ask_file)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolling(outer))
        self.setFocusProxy(self.salvage if damage.found else self.restore if damage.backup else self.another)

    @staticmethod
    def _add(inside: QVBoxLayout, title: str, lines: list[str], button: Button) -> None:
        inside.addSpacing(4)
        inside.addWidget(label(title, "strong"))
        for line in lines:
            inside.addWidget(_text(line))
        inside.addLayout(row(1, button))

    def _ask_file(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("选备份文件"), "", _("备份 (*.gwbackup);;全部文件 (*)"))
        if path:
            self.restore_asked.emit(Path(path))


def _text(words: str) -> QLabel:
    """A wrapped sentence of the height it needs at the card's width, which a scrolled layout would not ask for."""
    made = label(words, "second", wrap=True)
    width = theme.px(_WIDTH) - _EDGES
    made.setFont(theme.font(12))  # as the sheet will have it in the window
    made.setFixedSize(width, made.heightForWidth(width))
    return made


def _about(damage: Damage, now: datetime) -> list[str]:
    assert damage.backup is not None
    at = damage.backup.at
    told = [_("{at}（{age}）").format(at=f"{at:%Y-%m-%d %H:%M}", age=rescue.age_words(at, now))]
    newer = damage.found.newer if damage.found is not None else None
    if newer is None:
        told.append(_("此后记的都会没有；有多少，已经读不出来。"))
    elif newer:
        told.append(_("恢复它会少掉此后的：{words}。").format(words=rescue.in_words(newer)))
    else:
        told.append(_("此后没有记过别的。"))
    return told
