"""erase, person, retention."""

from argparse import Namespace

from gridworker.cli.console import Answer, Context, read_secret
from gridworker.domain.ids import from_text
from gridworker.domain.ledgers import ledgers
from gridworker.domain.rules.retention import RULES, Rule, months_of
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import access, erasing, person_copy, records
from gridworker.services import retention as retention_service


def erase(context: Context, given: Namespace) -> Answer:
    """A record for ever, with all its versions."""
    workspace = context.open()
    of = records.ledger_named(given.ledger)
    wanted = erasing.plan(workspace, of, records.get(workspace, of, given.id).id, keep_needs=given.keep_needs)
    if given.dry_run:
        return Answer(wanted.as_json() | {"done": False}, told(wanted))
    if not given.reason:
        raise UserError("reason_needed", _("永久删除要写明原因。"), _("用 --reason request|mistake|expired|purpose。"))
    erasing.erase(workspace, wanted, given.reason)
    answer = wanted.as_json() | {"done": True}
    lines = told(wanted)
    if given.drop_backups:
        fresh, gone = erasing.renew_backups(workspace)
        answer |= {"backups": [], "backup": str(fresh), "backups_deleted": gone}
        lines.append(_("已做新备份 {file}，删掉以前的 {count} 份。").format(file=fresh.name, count=gone))
    return Answer(answer, lines)


def told(wanted: erasing.Plan) -> list[str]:
    """What goes, what stays, what is beyond reach."""
    counts = (f"{_(ledgers()[name].label)} {count}" for name, count in wanted.counts.items())
    lines = [_("永久删除：{what}").format(what=_("、").join(counts))]
    lines += (
        [_("清空 {count} 条别的记录里的姓名、电话和引用。").format(count=len(wanted.cleared))] if wanted.cleared else []
    )
    lines += [_("文字里还提到：{title} {label}").format(title=one.title, label=_(one.label)) for one in wanted.mentions]
    if wanted.backups:
        lines.append(
            _("{count} 份旧备份里还有它；--drop-backups 另做一份并删掉旧的。").format(count=len(wanted.backups))
        )
    lines.append(_("已经交出去的 {count} 份工作簿和打印件收不回来。").format(count=wanted.handed_out))
    return lines


def person(context: Context, given: Namespace) -> Answer:
    """All that is held on a resident, for the person to read."""
    workspace = context.open()
    row = records.get(workspace, records.ledger_named("resident"), given.id)
    file = person_copy.write(workspace, row.id, given.out, read_secret(given.password_file))
    return Answer({"file": str(file)}, [_("已写到 {file}。").format(file=file)])


def retention(context: Context, given: Namespace) -> Answer:
    """What has been kept long enough; looking erases nothing."""
    workspace = context.open()
    for one in given.months:
        retention_service.choose(workspace, *_months(one))
    try:
        retention_service.keep(workspace, [from_text(one) for one in given.keep])
    except ValueError as error:
        raise UserError("unknown_record", _("编号写得不对。"), _("请先用 search 查找。")) from error
    access.note(workspace, "retention")
    found = retention_service.expired(workspace)
    months = {rule.name: months_of(rule, retention_service.chosen(workspace)) for rule in RULES}
    lines = [f"{one.since}　{_(ledgers()[one.ledger].label)} {one.title}　{_(one.rule.words)}" for one in found]
    return Answer({"months": months, "expired": [one.as_json() for one in found]}, lines or [_("没有到期的记录。")])


def _months(text: str) -> tuple[Rule, int]:
    name, _equals, months = text.partition("=")
    rule = next((one for one in RULES if one.name == name), None)
    if rule is None or not months.isdigit():
        known = _("、").join(one.name for one in RULES)
        hint = _("可用的有：{known}").format(known=known)
        raise UserError("usage", _("要写成 规则=月数：{given}").format(given=text), hint)
    return rule, int(months)
