"""stats, summary, notice and dump."""

from argparse import Namespace

from gridworker.cli.commands.exchange import period_of
from gridworker.cli.console import Answer, Context, read_secret
from gridworker.domain.calendar import week_of
from gridworker.i18n import _
from gridworker.services import access, export, figures, public_notice, township_book
from gridworker.services import dump as dump_service


def stats(context: Context, given: Namespace) -> Answer:
    """Coverage, closing and the rest, by grid, worker, community, kind, week or month."""
    workspace = context.open()
    table = figures.table(workspace, period_of(workspace, given), given.by)
    return Answer(table.as_json(), table.lines())


def summary(context: Context, given: Namespace) -> Answer:
    """The township's 汇总表 of a week: masked, unless a full one is asked for."""
    workspace = context.open()
    password = read_secret(given.password_file) if given.password_file else ""
    wish = export.Wish(given.full, given.reason, password)
    done = township_book.write(workspace, week_of(period_of(workspace, given).first), given.out, wish)
    form = _("遮住版") if done.masked else _("完整加密版")
    return Answer(done.as_json(), [_("已写出 {file}（{form}）。").format(file=done.file, form=form)])


def notice(context: Context, given: Namespace) -> Answer:
    """The public notice of a week as HTML."""
    workspace = context.open()
    week = week_of(period_of(workspace, given).first)
    public_notice.write(workspace, week, given.out)
    told = {"file": str(given.out), "week": str(week)}
    return Answer(told, [_("已写出 {file}。").format(file=given.out)])


def dump(context: Context, given: Namespace) -> Answer:
    """The shared facts, one JSON object a line."""
    workspace = context.open()
    access.note(workspace, "dump")
    return Answer(None, dump_service.dump(workspace, versions=given.versions))
