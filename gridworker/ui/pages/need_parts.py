"""Parts of the need page: the township's word, and how many papers are there."""

from datetime import date

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services import naming
from gridworker.services.need_page import Materials, Reply
from gridworker.ui.pages import wording
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import ElidedLabel, label
from gridworker.ui.widgets.message_bar import ProgressLine
from gridworker.ui.widgets.pill import Pill


class ReplyBox(QFrame):
    """乡镇答复 on pale yellow; what only a workbook said is marked."""

    def __init__(self, reply: Reply, today: date) -> None:
        super().__init__()
        self.setProperty("frame", "reply")
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 9, 12, 10)
        column.setSpacing(6)
        source = " · ".join(part for part in (reply.who, wording.day(reply.at, today)) if part)
        head = row(IconMark("reply", "amber", 15), label(_("乡镇答复"), "strong"), ElidedLabel(source, "second"), 1)
        if reply.unconfirmed:
            mark = Pill(_("表内填写"), "amber", dot=True)
            mark.setToolTip(_("在表里填的，乡镇的程序还没有确认"))
            head.addWidget(mark)
        column.addLayout(head)
        if reply.text:
            column.addWidget(label(reply.text, wrap=True))
        foot = row()
        if reply.assigned_to:
            for part in (label(_("交办单位"), "second"), label(reply.assigned_to)):
                foot.addWidget(part)
            foot.addSpacing(6)
        if reply.review:
            tone = "red" if reply.review == naming.word("review", "returned") else "green"
            foot.addWidget(label(_("审核意见"), "second"))
            foot.addWidget(Pill(reply.review, tone))
        foot.addWidget(ElidedLabel(reply.review_note, "second"), 1)
        column.addLayout(foot)


class MaterialsLine(QWidget):
    """4 / 6, a bar, and what is missing."""

    def __init__(self, materials: Materials) -> None:
        super().__init__()
        there = len(materials.needed) - len(materials.missing)
        bar = ProgressLine(there / len(materials.needed), width=60)
        missing = _("缺 {count}").format(count=len(materials.missing)) if materials.missing else _("齐了")
        word = label(missing, "body", "amber" if materials.missing else "green")
        word.setToolTip(_("、").join(naming.word("materials", paper) for paper in materials.missing))
        across = row(label(f"{there} / {len(materials.needed)}"), bar, word, 1)
        self.setLayout(across)
