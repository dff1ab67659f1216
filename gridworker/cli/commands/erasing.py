"""erase, person."""

from argparse import Namespace

from gridworker.cli.console import Answer, Context, read_secret
from gridworker.domain.ledgers import ledgers
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import erasing, person_copy, records


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
