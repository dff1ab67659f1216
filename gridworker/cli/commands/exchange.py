"""export, read, import, batches, undo, conflicts, resolve."""

from argparse import Namespace
from pathlib import Path

from gridworker.cli.console import DONE, PROBLEMS, Answer, Context, read_secret, record_id
from gridworker.domain import ids
from gridworker.domain.calendar import parse_week
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import choosing, collect, feedback, imports, intake, naming, questions, reading, replying
from gridworker.services import conflicts as conflict_service
from gridworker.services import export as export_service
from gridworker.services.conflicts import Conflict, Side
from gridworker.services.export import Exported, Wish
from gridworker.services.import_report import GroupReport
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace


def period_of(workspace: Workspace, given: Namespace) -> Period:
    """The asked-for week or days; without a word the current week."""
    if given.week:
        try:
            return Period.of_week(parse_week(given.week))
        except ValueError as error:
            raise UserError("bad_week", _("周要写成 2026-W47。"), _("或用 --from 和 --to。")) from error
    if given.first or given.last:
        first, last = given.first or given.last, given.last or given.first
        if first > last:
            raise UserError("bad_period", _("开始日期晚于结束日期。"), _("请对调 --from 和 --to。"))
        return Period(first, last)
    return Period.current(workspace.today)


def export(context: Context, given: Namespace) -> Answer:
    """The weekly workbook."""
    workspace = context.open()
    password = read_secret(given.password_file) if given.password_file else ""
    full = True if given.full else False if given.masked else None
    if given.replies and not given.grid:
        return _replies(workspace, given.out, Wish(full, given.reason, password))
    wish = Wish(full, given.reason, password, given.grid, given.replies)
    done = export_service.export(workspace, period_of(workspace, given), given.out, wish)
    form = _("遮住版") if done.masked else _("完整加密版")
    return Answer(done.as_json(), [_("已写出 {file}（{form}）。").format(file=done.file, form=form), *_staying(done)])


def _staying(done: Exported) -> list[str]:
    """What speaks of restricted groups and did not leave."""
    lines = []
    if done.restricted:
        lines.append(_("写到综治重点人员的 {count} 条社区事务没有随表。").format(count=done.restricted))
    if done.staying:
        words = _("{count} 处文字写到综治重点人员，没有随表；改掉这些字，下次就随表：")
        lines.append(words.format(count=len(done.staying)))
        lines += [f"  {one.words}" for one in done.staying]
    return lines


def _replies(workspace: Workspace, folder: Path, wish: Wish) -> Answer:
    done = replying.send(workspace, folder, lambda _done, _all, _grid: None, wish)
    lines = [_("已写出 {file}。").format(file=one.file) for one in done]
    return Answer({"files": [one.as_json() for one in done]}, lines or [_("没有要发回的答复。")])


def read(context: Context, given: Namespace) -> Answer:
    """How a file is understood, importing nothing."""
    password = read_secret(given.password_file) if given.password_file else None
    mapping = intake.load_mapping(given.mapping) if given.mapping else None
    told = reading.read(given.file, mapping, password)
    return Answer(told, reading.lines(told), PROBLEMS if reading.has_problems(told) else DONE)


def take(context: Context, given: Namespace) -> Answer:
    """Import workbooks and folders."""
    workspace = context.open()
    options = intake.Options(
        given.dry_run,
        intake.load_mapping(given.mapping) if given.mapping else None,
        read_secret(given.password_file) if given.password_file else "",
        given.even_erased,
    )
    if given.report and given.report.resolve() in {one.resolve() for one in intake.find_books(given.files)}:
        raise UserError("report_is_input", _("报告不能写在要导入的文件上。"), _("请给 --report 另一个文件名。"))
    report = intake.take(workspace, given.files, options)
    if given.report:
        paths = intake.find_books(given.files)
        passwords = dict.fromkeys(paths, options.password) if options.password else {}
        feedback.write(workspace, report, paths, given.report, passwords, options.mapping)
    failed = [one for one in report.files if one.error]
    if failed and len(failed) == len(report.files) == 1 and failed[0].error:
        raise failed[0].error
    code = PROBLEMS if any(one.problems for one in report.files) else DONE
    return Answer(report.as_json(), _told(report), code)


def _told(report: GroupReport) -> list[str]:
    lines = []
    for one in report.files:
        counts = _("新增 {created} · 改动 {changed} · 未变 {unchanged} · 两边都改过 {conflicts}").format(
            created=one.created, changed=one.changed, unchanged=one.unchanged, conflicts=one.conflicts
        )
        lines.append(f"{one.file}　{counts}")
        if one.cells:
            told = _("{in} 格：没改 {unchanged} · 采用 {applied} · 两边都改过 {conflicting}") + _(
                " · 没采用 {flagged} · 待确认 {proposals}"
            )
            lines.append("  " + told.format_map(one.cells))
        lines += [f"  {problem.sheet} {problem.cell}　{problem.message}" for problem in one.problems]
        lines += [f"  {remark.sheet}　{remark.message}" for remark in one.remarks]
    return lines


def batches(context: Context, given: Namespace) -> Answer:
    """All imports; or what they say of each grid and week."""
    workspace = context.open()
    if given.weeks:
        return _weeks(collect.overview(workspace, given.weeks))
    found = imports.listing(workspace)
    return Answer({"batches": found}, [f"{one['batch']}　{one['file']}　{one['at']}　{one['state']}" for one in found])


def _weeks(table: collect.Overview) -> Answer:
    lines = [
        "　".join((line.code, week.label, cell.state, *cell.words))
        for line in table.lines
        for week, cell in zip(table.weeks, line.cells, strict=True)
    ]
    return Answer(table.as_json(), lines)


def undo(context: Context, given: Namespace) -> Answer:
    """Take an import back."""
    result = imports.undo(context.open(), record_id(given.batch))
    lines = [
        _("已撤回 {withdrawn} 项，另有 {kept} 项别的文件也带来过，保留。").format(
            withdrawn=result.withdrawn, kept=result.kept
        )
    ]
    return Answer(result.as_json(), lines)


def conflicts(context: Context, given: Namespace) -> Answer:
    """What two sides changed differently, what foreign lists say otherwise, and who may be whom."""
    workspace = context.open()
    found, asked = conflict_service.conflicts(workspace), questions.questions(workspace)
    told = {"conflicts": [one.as_json() for one in found], "questions": [one.as_json() for one in asked]}
    lines = [f"{one.name}　" + "　|　".join(_said(workspace, one, side) for side in one.sides) for one in found]
    lines += [
        _("是不是同一个：{one}　|　{others}").format(
            one=f"{ids.to_text(one.record)} {one.title}",
            others="　".join(f"{ids.to_text(id)} {title}" for id, title in one.candidates),
        )
        for one in asked
    ]
    return Answer(told, lines or [_("没有要选的。")])


def _said(workspace: Workspace, conflict: Conflict, side: Side) -> str:
    """A side in a person's words."""
    words = [word for _label, word in naming.group_words(workspace, conflict.ledger, conflict.group, side.value)]
    return " ".join(word or "—" for word in words)


def resolve(context: Context, given: Namespace) -> Answer:
    """Decide conflicts and proposals, or who is who."""
    workspace = context.open()
    pair = given.same or given.apart
    if pair:
        questions.decide(workspace, record_id(pair[0]), record_id(pair[1]), same=bool(given.same))
        return Answer({"resolved": 1}, [_("已选定 {count} 处。").format(count=1)])
    if not given.conflicts and not (given.take_file or given.keep):
        raise UserError("usage", _("没有说要选定哪一处。"), _("用 conflicts 看现在有哪些，把名称写在 resolve 后面。"))
    named = [conflict_service.find(workspace, name) for name in given.conflicts]
    count = _decide(workspace, given, named or conflict_service.conflicts(workspace))
    return Answer({"resolved": count}, [_("已选定 {count} 处。").format(count=count)])


def _decide(workspace: Workspace, given: Namespace, found: list[Conflict]) -> int:
    """Decide in the one way that was asked for; returns how many."""
    if given.take is not None:
        return choosing.take(workspace, [(one, record_id(given.take)) for one in found])
    if given.keep:
        return choosing.choose(workspace, [(one.waiting, 0) for one in found])
    if given.take_file is not None:
        chosen = choosing.from_file(workspace, Path(given.take_file).name, found)
        if given.conflicts and len(chosen) < len(found):
            raise UserError(
                "not_from_file",
                _("有 {count} 处没有一边来自这个文件，什么都没有选定。").format(count=len(found) - len(chosen)),
                _("用 conflicts --json 看每一边来自哪个文件。"),
            )
        return choosing.choose(workspace, chosen)
    return choosing.settle(workspace, found, given.value)
