"""Dialogs for a household and for a person."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from gridworker.domain.ids import Id, to_text
from gridworker.i18n import _
from gridworker.services import editing
from gridworker.services.workspace import Workspace
from gridworker.ui.pages.record_dialog import Lines, RecordDialog


def _address() -> Lines:
    return ((_("小区"), ("estate",)), (_("门牌"), ("building", "unit", "room")))


def _home() -> Lines:
    return (
        (_("户主"), ("head", "phone")),
        (_("关注等级"), ("care_level",)),
        (_("房屋"), ("housing",)),
        (_("标签"), ("tags",)),
    )


def new_household(workspace: Workspace, parent: QWidget, door: Mapping[str, str] | None = None) -> RecordDialog:
    """A household that is not known yet, as far as it is known by its door."""
    known = editing.estates(workspace)
    given = {"estate": known[0] if known else "", "care_level": "normal", "housing": "own", **(door or {})}
    at = " ".join((door or {}).values())
    lines = (*_address(), *_home()[:3])
    more = (*_home()[3:], (_("备注"), ("note",)))
    return RecordDialog(parent, workspace, "household", 0, given, (_("新住户"), lines, more), at)


def edit_household(workspace: Workspace, parent: QWidget, household: Id) -> RecordDialog:
    """A known household."""
    given = editing.stored(workspace, "household", household)
    lines = (*_home(), (_("备注"), ("note",)))
    return RecordDialog(parent, workspace, "household", household, given, (_("改住户资料"), lines, _address()))


def edit_resident(workspace: Workspace, parent: QWidget, household: Id, resident: Id = 0) -> RecordDialog:
    """A person of a household, known (`resident`) or new."""
    given = editing.stored(workspace, "resident", resident) if resident else editing.next_member(workspace, household)
    lines = (
        (_("姓名"), ("name", "relation")),
        (_("身份证号"), ("id_no",)),
        (_("电话"), ("phone",)),
        (_("出生日期"), ("birth", "work_status")),
        (_("关爱类别"), ("care_tags",)),
    )
    more = (
        (_("性别"), ("gender",)),
        (_("居住"), ("residence",)),
        (_("参保"), ("insurance",)),
        (_("学校"), ("school", "politics")),
        (_("备注"), ("note",)),
    )
    title = _("改成员资料") if resident else _("添成员")
    dialog = RecordDialog(parent, workspace, "resident", resident, given, (title, lines, more), to_text(household))
    if not resident:
        dialog.offer_next(_("存好再添一位"))
    return dialog
