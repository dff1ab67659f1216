"""What a kind of need asks besides its content: a few kinds have their own lines, some a checklist of papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gridworker.domain import codes
from gridworker.domain.ledger import Field
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules.community import DISPUTES
from gridworker.domain.values import split_multi
from gridworker.i18n import _
from gridworker.services import naming
from gridworker.services.need_page import needed_materials
from gridworker.services.workspace import Workspace
from gridworker.ui import theme
from gridworker.ui.pages.form_editors import editor_for, read, show
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.check_box import CheckBox
from gridworker.ui.widgets.field import FieldRow
from gridworker.ui.widgets.label import ElidedLabel, label
from gridworker.ui.widgets.message_bar import ProgressLine

MATERIALS: Final = "materials"
_COLUMNS: Final = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a kind's own part: its label, the fields in it, and the codes offered where not all are."""

    label: str
    fields: tuple[str, ...]
    offered: tuple[str, ...] = ()


def _rarer_lines() -> dict[str, tuple[Line, ...]]:
    """What a kind has besides, told later than at the door."""
    return {
        "N01": (
            Line(_("失业时间"), ("unemployed_since",)),
            Line(_("上岗"), ("placed_on", "placed_at")),
            Line(_("困难类别"), ("hard_to_employ",)),
        ),
        "N02": (Line(_("居住类型"), ("housing_proof",)), Line(_("报名状态"), ("application",))),
        "N03": (
            Line(_("参保类型"), ("insurance",)),
            Line(_("递交日期"), ("submitted_on",)),
            Line(_("到账日期"), ("paid_on",)),
        ),
        "N13": (
            Line(_("整改责任人"), ("owner",)),
            Line(_("整改措施"), ("fix",)),
            Line(_("复查日期"), ("rechecked_on",)),
        ),
        **dict.fromkeys(
            DISPUTES,
            (
                Line(_("化解方式"), ("settled_by",)),
                Line(_("包案领导"), ("leader",)),
                Line(_("稳控措施"), ("holding",)),
            ),
        ),
    }


def _lines() -> dict[str, tuple[Line, ...]]:
    return {
        "N01": (
            Line(_("就业状况"), ("work_status",), ("失业", "待业", "灵活就业", "务工", "在业", "务农")),
            Line(_("想找"), ("wanted_job", "wanted_place", "wanted_pay")),
            Line(_("技能培训"), ("skills", "training")),
        ),
        "N02": (
            Line(_("入学类别"), ("stage",)),
            Line(_("户籍"), ("registration", "after_school")),
            Line(_("孩子学校"), ("child", "wanted_school")),
        ),
        "N03": (
            Line(_("事项"), ("matter",)),
            Line(_("就诊"), ("hospital", "treated_on", "amount", "agent")),
        ),
        "N13": (Line(_("隐患类型"), ("hazard_type",)), Line(_("隐患等级"), ("hazard_level",))),
        **dict.fromkeys(
            DISPUTES,
            (
                Line(_("纠纷类型"), ("dispute_type", "scale")),
                Line(_("发生日期"), ("happened_on", "involved")),
            ),
        ),
    }


def asks_more(kind: str) -> bool:
    """Whether a kind has lines of its own."""
    return kind in _lines()


class KindFields(QWidget):
    """The lines of one kind and its checklist, with `every` also those not asked at the door; `changed` after anything
    a person did here.
    """

    changed = Signal()

    def __init__(self, kind: str, workspace: Workspace, *, every: bool = False) -> None:
        super().__init__()
        self._kind, self._workspace = kind, workspace
        self.editors: dict[str, QWidget] = {}
        self.rows: dict[str, FieldRow] = {}
        self.papers = Checklist()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for line in (*_lines().get(kind, ()), *(_rarer_lines().get(kind, ()) if every else ())):
            made = FieldRow(line.label, *(self._editor(ledger("need").by_name[name], line) for name in line.fields))
            self.rows |= dict.fromkeys(line.fields, made)
            column.addWidget(made)
        column.addWidget(self.papers)
        self.papers.changed.connect(self.changed)
        self._show_papers()

    def values(self) -> dict[str, Any]:
        """What was said, by field."""
        found = {name: read(editor) for name, editor in self.editors.items()}
        if papers := self.papers.value():
            found[MATERIALS] = papers
        return {name: value for name, value in found.items() if value}

    def set_values(self, given: Mapping[str, Any]) -> None:
        """Show without telling."""
        for name, editor in self.editors.items():
            if name in given:
                show(editor, given[name])
        self._show_papers()
        self.papers.set_value(given.get(MATERIALS))

    def _editor(self, field: Field, line: Line) -> QWidget:
        made = editor_for(field, self._workspace, line.offered)
        self.editors[field.name] = made
        made.changed.connect(self._on_changed)  # type: ignore[attr-defined]
        made.changed.connect(lambda: self.rows[field.name].set_error(""))  # type: ignore[attr-defined]
        return made

    def _on_changed(self) -> None:
        self._show_papers()
        self.changed.emit()

    def _show_papers(self) -> None:
        given = {name: read(editor) for name, editor in self.editors.items()}
        self.papers.show_papers(needed_materials(self._kind, given))


class Checklist(QWidget):
    """Papers to tick, how many are there, and which are missing; hidden where none are asked for."""

    changed = Signal()

    def __init__(self, columns: int = _COLUMNS) -> None:
        super().__init__()
        self._columns = columns
        self._boxes: dict[str, CheckBox] = {}
        self._others: list[str] = []
        self._count = label("", "strong")
        self._bar = ProgressLine(width=64)
        self._missing = ElidedLabel("", "body", "amber")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(theme.px(66), 0, 0, 0)
        self._grid.setVerticalSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = row(self._bar, self._missing)
        head.insertWidget(0, self._count)
        head.setStretch(2, 1)
        self._name = label(_("材料"), "second")
        self._name.setFixedWidth(theme.px(66))
        head.insertWidget(0, self._name)
        head.setSpacing(0)
        head.insertSpacing(2, 8)
        head.insertSpacing(4, 8)
        head.addWidget(label(_(codes.materials_note()), "hint"))
        column.addLayout(head)
        column.addLayout(self._grid)

    def show_papers(self, papers: tuple[str, ...]) -> None:
        """Ask for these; what was ticked stays ticked."""
        if papers != tuple(self._boxes):
            ticked = set(self.value())
            for old in self._boxes.values():
                self._grid.removeWidget(old)
                old.deleteLater()
            self._boxes = {paper: CheckBox(naming.word(MATERIALS, paper)) for paper in papers}
            for place, (paper, box) in enumerate(self._boxes.items()):
                box.setChecked(paper in ticked)
                box.clicked.connect(self._on_clicked)
                self._grid.addWidget(box, place // self._columns, place % self._columns, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(papers))
        self._tell()

    def value(self) -> list[str]:
        """The papers that are there."""
        ticked = [paper for paper, box in self._boxes.items() if box.isChecked()]
        return ticked + [paper for paper in self._others if paper not in self._boxes]

    def set_value(self, papers: Any) -> None:
        """Tick without telling, given as a sequence or joined by commas; what is not asked for is kept."""
        wanted = split_multi(papers) if isinstance(papers, str) else list(papers or ())
        self._others = [paper for paper in wanted if paper not in self._boxes]
        for paper, box in self._boxes.items():
            box.setChecked(paper in wanted)
        self._tell()

    def focused(self) -> str:
        """The paper whose box has the focus, if any."""
        return next((paper for paper, box in self._boxes.items() if box.hasFocus()), "")

    def focus(self, paper: str) -> None:
        """Go to the box of a paper that is asked for."""
        if paper in self._boxes:
            self._boxes[paper].setFocus()

    def _on_clicked(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        there, every = sum(box.isChecked() for box in self._boxes.values()), len(self._boxes)
        missing = _("、").join(box.text() for box in self._boxes.values() if not box.isChecked())
        self._count.setText(_("齐 {there} / {every}").format(there=there, every=every))
        self._bar.show_share(there / every if every else 0.0)
        self._missing.setText(_("缺：{papers}").format(papers=missing) if missing else "")
