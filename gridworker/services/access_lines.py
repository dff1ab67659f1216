"""The access log as people read it: when, who, what was done, to which record by a short number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gridworker.domain.ids import Id, from_text
from gridworker.domain.ledgers import ledgers
from gridworker.i18n import _
from gridworker.services import access_words
from gridworker.services.workspace import Workspace
from gridworker.store import access

ACTS: Final[Mapping[str, str]] = {
    "show": "查看", "search": "搜索", "export": "导出", "import": "导入", "undo": "撤销导入", "redo": "放回导入",
    "dump": "全部输出", "reveal": "看全", "report": "检查结果", "report_password": "改上报密码", "setup": "开户文件",
    "fill": "填表", "delete": "删除", "delete_files": "删原表", "print": "打印", "recovery_code": "换恢复码",
    "erase": "永久删除", "old_backups": "删旧备份", "readmit": "已删除的仍导入", "person_copy": "给本人看资料",
    "retention": "看到期清单",
    "failed_unlock": "密码输错", "lost_book": "遗失清单", "proof": "核对数字",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One line: number, moment, person, what was done, to what; and the record, where it is about one."""

    no: int
    at: str
    author: str
    act: str
    what: str
    record: tuple[str, Id] | None = None


def newest(workspace: Workspace, count: int = 200, act: str = "", words: str = "") -> list[AccessLine]:
    """The newest lines, newest first; of one act or with these words in them, if any are given."""
    found = [_line(workspace, *line) for line in access.newest_lines(workspace.connection, count, act)]
    asked = words.casefold().split()
    return [one for one in found if all(word in _text(one) for word in asked)]


def acts(workspace: Workspace) -> list[tuple[str, str]]:
    """What was ever done here, by code and word."""
    return [(act, _(ACTS.get(act, act))) for act in access.acts(workspace.connection)]


def _text(line: AccessLine) -> str:
    return f"{line.at.replace('T', ' ')} {line.author} {line.act} {line.what}".casefold()


def _line(workspace: Workspace, no: int, at: str, author: str, act: str, what: str) -> AccessLine:
    return AccessLine(no, at, author, _(ACTS.get(act, act)), access_words.about(workspace, act, what), _record(what))


def _record(what: str) -> tuple[str, Id] | None:
    name, _slash, id = what.partition("/")
    try:
        return (name, from_text(id.partition("/")[0])) if name in ledgers() else None
    except ValueError:
        return None
