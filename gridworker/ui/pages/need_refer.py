"""The forms of a referral: whom a need goes to, found by what they offer, and what came back."""

from collections.abc import Callable, Mapping

from gridworker.domain.codes import code_list
from gridworker.domain.ids import Id, from_text, to_text
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules.community import SERVICES
from gridworker.i18n import _
from gridworker.services import naming, offering, referring
from gridworker.services.need_page import NeedPage
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.ui.pages.form_editors import DayEditor
from gridworker.ui.pages.need_forms import ActionForm, Part
from gridworker.ui.pages.ref_field import ChosenField
from gridworker.ui.widgets.chip import ChipGroup, digit_choices
from gridworker.ui.widgets.field import LongField, TextField
from gridworker.ui.widgets.row import Mark, Row

_OFFERED = 40


def offer_field(name: str, workspace: Workspace, service: Callable[[], str]) -> ChosenField:
    """Holds `ledger/id` of somebody who offers something; `service()` says what is asked for now."""

    def find(typed: str) -> list[Row]:
        asked = service()
        fits = (Mark(_("提供{service}").format(service=_(asked)), "green"),)
        return [
            Row(one.name, one.second, f"{one.ledger}/{to_text(one.id)}", marks=fits if one.fits else ())
            for one in offering.offers(workspace, asked, typed)[:_OFFERED]
        ]

    def words(held: str) -> str:
        name, slash, text = held.partition("/")
        return naming.title(workspace, ledger(name), from_text(text)) if slash else ""

    return ChosenField(name, find, words)


def done(workspace: Workspace, need: Id, referral: Id | None, given: Mapping[str, object]) -> tuple[str, Done]:
    """Save a form: the answer to a referral if one is named, else a new referral of the need."""
    if referral:
        return _("已记答复"), referring.answer(workspace, referral, given)
    return _("已转办，可以打印交办单"), referring.refer(workspace, need, given)


def refer_form(workspace: Workspace, page: NeedPage) -> ActionForm:
    """Whom the need goes to, what is asked, until when."""
    proposed = referring.proposed(workspace, page.id)
    services = ChipGroup(_("需要的服务"), digit_choices((one, _(one)) for one in SERVICES), optional=True)
    to = offer_field(_("单位、组织、干部或设施"), workspace, lambda: str(services.value() or ""))
    parts = (
        Part(_("需要"), "services", services, proposed["services"] or None),
        Part(_("转给"), "to", to, beside=("receiver", TextField(_("其他单位"), _("不在名单里的写单位名称")))),
        Part(_("请求"), "asked", LongField(_("请求事项"), _("请对方做什么，可留空"))),
        Part(_("答复时限"), "due_on", DayEditor(_("答复时限"), workspace), proposed["due_on"]),
    )
    return ActionForm(_("转办"), _("转办"), parts, _("保存后可以打印交办单"))


def answer_form(workspace: Workspace) -> ActionForm:
    """What the receiver of a referral says."""
    words = code_list(ledger("referral").by_name["outcome"].of).codes()
    outcome = ChipGroup(_("转办结果"), digit_choices((one, _(one)) for one in words))
    outcome.set_value(words[0])
    parts = (
        Part(_("结果"), "outcome", outcome),
        Part(_("答复"), "answer", LongField(_("对方答复"), _("对方怎么答复，一两句"))),
        Part(_("答复日期"), "answered_on", DayEditor(_("答复日期"), workspace), workspace.today.isoformat()),
    )
    return ActionForm(_("记答复"), _("保存"), parts, _("还在办的，答复日期不记"))
