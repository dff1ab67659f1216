"""The forms of a step upwards (上报): to which level, what is asked, until when; and what came back."""

from collections.abc import Mapping, Sequence

from gridworker.domain.ids import Id
from gridworker.domain.rules.escalation import TOWN
from gridworker.i18n import _
from gridworker.services import escalating
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.ui.pages.form_editors import DayEditor
from gridworker.ui.pages.need_forms import ActionForm, Part
from gridworker.ui.widgets.chip import ChipGroup, digit_choices
from gridworker.ui.widgets.field import LongField, TextField


def done(workspace: Workspace, need: Id, passed: Id | None, given: Mapping[str, object]) -> tuple[str, Done]:
    """Save a form: the answer to a step if one is named, else a new step of the need."""
    if passed:
        return _("已记答复"), escalating.answer(workspace, passed, given)
    sentence = _("已上报{level}，随下次周报或回复发出").format(level=_(str(given.get("to_level") or TOWN)))
    return sentence, escalating.escalate(workspace, need, given)


def escalate_form(workspace: Workspace, need: Id, upwards: Sequence[str]) -> ActionForm:
    """To which level the need goes; the township first where a worker may choose."""
    level = ChipGroup(_("报到哪一级"), digit_choices((one, _(one)) for one in upwards))
    level.set_value(TOWN if TOWN in upwards else upwards[0])
    receiver = TextField(_("报给单位"), _("写部门名称，可留空"))
    limit = escalating.usual_limit(workspace, need)
    parts = (
        Part(_("报到"), "to_level", level, beside=("receiver", receiver)),
        Part(_("请求"), "asked", LongField(_("请求事项"), _("本级为什么解决不了、请上级做什么，可留空"))),
        Part(_("文号"), "paper_no", TextField(_("文号"), _("有文件的写文号，可留空"))),
        Part(_("答复时限"), "due_on", DayEditor(_("答复时限"), workspace), limit),
    )
    return ActionForm(_("上报"), _("上报"), parts, _("本级解决不了的，报给上一级"))


def answer_form(workspace: Workspace) -> ActionForm:
    """What the upper level says."""
    outcome = ChipGroup(_("上报结果"), digit_choices((one, _(one)) for one in escalating.ANSWERS))
    outcome.set_value(escalating.ANSWERS[0])
    parts = (
        Part(_("结果"), "outcome", outcome),
        Part(_("答复"), "answer", LongField(_("上级答复"), _("上级怎么答复，一两句"))),
        Part(_("答复日期"), "answered_on", DayEditor(_("答复日期"), workspace), workspace.today.isoformat()),
    )
    return ActionForm(_("记上级答复"), _("保存"), parts, _("退回的，回到报来的那一级"))
