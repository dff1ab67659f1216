"""What commands share: where answers go, how a password comes in, how failures end."""

import getpass
import json
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gridworker.domain import ids
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import workspace as workspaces
from gridworker.services.workspace import Workspace

DONE, PROBLEMS, NOT_DONE = 0, 1, 2
_STOPS = ("。", "！", "？", "；", "，", ".", "!", "?", ";", "：", ":")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command has to say: one JSON object, or lines for people; without an object always the lines."""

    json: dict[str, Any] | None
    lines: Iterable[str] = ()
    code: int = DONE


@dataclass(frozen=True, slots=True)
class Context:
    """The global options."""

    data: Path
    today: date | None
    passphrase_file: Path | None
    as_json: bool

    def passphrase(self, *, new: bool = False) -> str:
        """The password from file, environment or a terminal. Raises UserError when there is none."""
        if self.passphrase_file:
            return read_secret(self.passphrase_file)
        if os.environ.get("GRIDWORKER_PASSPHRASE"):
            return os.environ["GRIDWORKER_PASSPHRASE"]
        if sys.stdin is not None and sys.stdin.isatty():
            return _ask(new=new)
        raise UserError(
            "passphrase_needed", _("需要密码。"), _("用 --passphrase-file 或环境变量 GRIDWORKER_PASSPHRASE 给出。")
        )

    def open(self) -> Workspace:
        """The opened workspace."""
        workspace = workspaces.open_folder(self.data, self.passphrase(), self.today)
        if words := workspace.odd_day():
            print(words, file=sys.stderr)
            workspace.trust_day()
        return workspace


def _ask(*, new: bool) -> str:
    first = getpass.getpass(_("密码："))
    if new and getpass.getpass(_("再输一次：")) != first:
        raise UserError("passphrase_mismatch", _("两次输入的密码不一样。"), _("请重新来一次。"))
    return first


def read_secret(path: Path) -> str:
    """The first line of a password file."""
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()[0].strip()
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise UserError(
            "passphrase_file", _("读不了密码文件：{path}").format(path=path), _("文件第一行应是密码。")
        ) from error


def record_id(text: str) -> int:
    """An id as typed. Raises UserError."""
    try:
        return ids.from_text(text)
    except ValueError as error:
        raise UserError("bad_id", _("编号写得不对：{text}").format(text=text), _("编号是 11 个字符。")) from error


def show(answer: Answer, *, as_json: bool) -> int:
    """Print an answer and return the exit code."""
    if as_json and answer.json is not None:
        print(json.dumps(answer.json, ensure_ascii=False, default=str))
    else:
        for line in answer.lines:
            print(line)
    return answer.code


def fail(error: dict[str, str], *, as_json: bool) -> int:
    """Say why nothing was done."""
    if as_json:
        print(json.dumps({"error": error}, ensure_ascii=False))
    print(_sentences(error["message"], error["hint"]), file=sys.stderr)
    return NOT_DONE


def _sentences(message: str, hint: str) -> str:
    """What went wrong, then what to do: two sentences, however the first ends."""
    if not hint:
        return message
    return (
        f"{message}{hint}"
        if message.rstrip().endswith(_STOPS)
        else _("{message}。{hint}").format(message=message, hint=hint)
    )


Command = Callable[[Context, Any], Answer]
