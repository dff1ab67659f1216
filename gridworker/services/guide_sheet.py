"""办事指南 as a workbook: written for whoever edits it in Excel, and taken back after showing what will change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gridworker.domain.codes import code_list
from gridworker.errors import UserError
from gridworker.exchange import guide_book, raw
from gridworker.exchange.guide_book import Line
from gridworker.exchange.model import Problem
from gridworker.i18n import _
from gridworker.services import kinds, policy
from gridworker.services.workspace import Workspace

KIND: Final = "类别"
HEADS: Final = (KIND, *policy.WORDS.values())


@dataclass(frozen=True, slots=True)
class Change:
    """One text that will be another: kind, part, what stands now, what will stand."""

    kind: str
    part: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking a workbook in would do. With problems nothing is taken: it is all or nothing."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def export(workspace: Workspace, out: Path) -> None:
    """Write every kind with what is told of it. Raises UserError or DataError."""
    lines = []
    for kind in code_list(kinds.NAME).codes():
        told = policy.written_card(workspace, kind).texts
        word = code_list(kinds.NAME).label(kind)
        lines.append((f"{kind} {word}", *(told.get(part, "") for part in policy.WORDS)))
    guide_book.write_guide(out, f"填表：{workspace.store.author}", policy.written_note(), HEADS, lines)


def read(workspace: Workspace, path: Path, password: str | None = None) -> Plan:
    """What a workbook would change, changing nothing; an empty cell says nothing. Raises UserError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError("no_file", _("读不了文件：{path}").format(path=path.name), _("请核对文件名和位置。")) from error
    lines, problems = guide_book.read_lines(raw.read_book(data, password), HEADS)
    if not lines and not problems:
        raise UserError(
            "no_guide",
            _("这个文件里没有办事指南：要有“{kind}”一栏，和“{parts}”中的一栏。").format(
                kind=KIND, parts="、".join(policy.WORDS.values())
            ),
            _("可先导出一份，在上面改。"),
        )
    by_kind, doubts = _kinds(lines)
    doubts += [problem for line in by_kind.values() for problem in _too_long(line)]
    changes = [one for kind, line in by_kind.items() for one in _changes(workspace, kind, line)]
    return Plan(tuple(changes), (*problems, *doubts))


def take(workspace: Workspace, plan: Plan) -> None:
    """Write the changes, all at once. Raises UserError while there are problems."""
    if plan.problems:
        raise UserError("problems", _("文件里有没改好的格，什么都没有导入。"), _("请改好后再导入。"))
    texts: dict[str, dict[str, str]] = {}
    for one in plan.changes:
        texts.setdefault(one.kind, {})[one.part] = one.after
    policy.take_texts(workspace, texts)


def _kinds(lines: list[Line]) -> tuple[dict[str, Line], list[Problem]]:
    """The row of each kind, and what is wrong with the others."""
    found: dict[str, Line] = {}
    problems = []
    for line in lines:
        cell, typed = line.cells[KIND]
        kind = code_list(kinds.NAME).find(typed)
        if not typed:
            problems.append(
                _problem(
                    line, cell, "required", _("{cell}：没写是哪个诉求类别，请补上编号或类别名。").format(cell=cell)
                )
            )
        elif kind is None:
            message = _("{cell}：没有“{typed}”这个诉求类别，请写编号（如 N03）或类别名。")
            problems.append(_problem(line, cell, "unknown_kind", message.format(cell=cell, typed=typed[:20])))
        elif kind in found:
            first = found[kind].cells[KIND][0]
            message = _("{cell}：{kind} 在 {first} 已经有一行，请只留一行。")
            problems.append(_problem(line, cell, "twice", message.format(cell=cell, kind=kind, first=first)))
        else:
            found[kind] = line
    return found, problems


def _too_long(line: Line) -> Iterator[Problem]:
    for head, (cell, text) in line.cells.items():
        if head != KIND and len(text) > policy.LONGEST:
            message = _("{cell}：写了 {count} 个字，最多 {most} 个，请缩短。")
            told = message.format(cell=cell, count=len(text), most=policy.LONGEST)
            yield _problem(line, cell, "too_long", told)


def _problem(line: Line, cell: str, code: str, message: str) -> Problem:
    return Problem(line.sheet, cell, code, message)


def _changes(workspace: Workspace, kind: str, line: Line) -> Iterator[Change]:
    told: Mapping[str, str] = policy.written_card(workspace, kind).texts
    for part, head in policy.WORDS.items():
        text = line.cells.get(head, ("", ""))[1]
        before = told.get(part, "")
        if text and text != before:
            yield Change(kind, part, before, text)
