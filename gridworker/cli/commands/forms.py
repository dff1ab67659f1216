"""fill."""

from argparse import Namespace
from pathlib import Path
from typing import Final

from gridworker.cli.commands.exchange import period_of
from gridworker.cli.console import DONE, PROBLEMS, Answer, Context, read_secret
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import columns, filling, intake, ready_forms
from gridworker.services.form_cells import Shape
from gridworker.services.form_plan import Plan, PlannedRow, Wish
from gridworker.services.workspace import Workspace

_MOST_TOLD: Final = 20
"""Rows with gaps that are told one by one; --json has all."""


def fill(context: Context, given: Namespace) -> Answer:
    """Fill a blank form from what is known; or list the ready ones."""
    if given.list:
        return _listed()
    if not given.form or not given.out:
        raise UserError(
            "usage", _("要给出空表和 -o。"), _("例如 fill 空表.xlsx -o 填好.xlsx；自带的表格看 fill --list。")
        )
    workspace = context.open()
    wish, ready = _wish(workspace, given), ready_forms.find(given.form)
    wish = ready_forms.usual(ready, wish) if ready else wish
    plan = filling.plan(workspace, ready.path if ready else Path(given.form), wish)
    locked = filling.write(workspace, plan, given.out, wish)
    told = {"file": str(given.out), **plan.as_json(), "encrypted": locked}
    return Answer(told, _told(plan, given.out, locked=locked), PROBLEMS if plan.problems else DONE)


def _wish(workspace: Workspace, given: Namespace) -> Wish:
    where = [tuple(one.partition("=")[::2]) for one in given.where]
    if not all(name and value for name, value in where):
        raise UserError("usage", _("--where 要写成 栏目=值。"), _("例如 care_level=红 grid=JX03。"))
    password = read_secret(given.password_file) if given.password_file else ""
    has_period = given.week or given.first or given.last
    return Wish(
        ledger=given.ledger,
        where=tuple((name, value) for name, value in where),
        period=period_of(workspace, given) if has_period else None,
        since=given.changed_since,
        full=given.full,
        reason=given.reason,
        shape=Shape(given.id_format, given.date_format),
        mapping=intake.load_mapping(given.mapping) if given.mapping else None,
        password=password,
        open=given.open or not (password or workspace.store.get("report_password")),  # said and logged
    )


def _listed() -> Answer:
    found = ready_forms.every()
    told = [{"name": one.name, "about": one.about, "file": str(one.path)} for one in found]
    return Answer({"forms": told}, [f"{one.name}　{one.about}" for one in found])


def _told(plan: Plan, out: Path, *, locked: bool) -> list[str]:
    form = _("遮住版") if plan.masked else _("完整版")
    lines = [_("已写出 {file}：{count} 行（{form}）。").format(file=out, count=len(plan.rows), form=form)]
    if plan.standing:
        lines.append(_("接在表里已有的 {count} 行后面。").format(count=plan.standing))
    if plan.locked:
        lines.append(_("仍用空表的密码加密。"))
    elif locked:
        lines.append(_("已加密，要用密码打开。"))
    elif not plan.masked:
        lines.append(_("没有加密：谁拿到都能看全部内容。已记入访问日志。"))
    if plan.unknown:
        names = _("、").join(one.heading or one.letter for one in plan.unknown)
        lines.append(_("没填的栏目：{names}。").format(names=names))
    if plan.missing:
        gaps = plan.gaps
        lines.append(_("还差 {cells} 格，{people} 行。").format(cells=len(plan.missing), people=len(gaps)))
        lines += [_gap(row, lacking) for row, lacking in gaps[:_MOST_TOLD]]
        if len(gaps) > _MOST_TOLD:
            lines.append(_("还有 {count} 行").format(count=len(gaps) - _MOST_TOLD))
    return [*lines, *(one.message for one in plan.problems)]


def _gap(row: PlannedRow, lacking: list[tuple[str, str]]) -> str:
    fields = _("、").join(f"{columns.label(name)} {cell}" for cell, name in lacking)
    return f"  {row.title}　" + _("缺 {fields}").format(fields=fields)
