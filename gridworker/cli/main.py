"""The command line's door: arguments in, one answer out, the right exit code."""

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Final

from gridworker import paths
from gridworker.cli import parser
from gridworker.cli.console import NOT_DONE, Command, Context, fail, show
from gridworker.errors import GridworkerError
from gridworker.i18n import _, use_language

_HOMES: Final[Mapping[str, str]] = {
    "init": "starting", "setup": "starting", "demo": "starting",
    "add": "records", "set": "records", "show": "records", "search": "records", "due": "records",
    "merge": "records", "split": "records",
    "export": "exchange", "read": "exchange", "import": "exchange", "batches": "exchange", "undo": "exchange",
    "conflicts": "exchange", "resolve": "exchange",
    "fill": "forms",
    "stats": "numbers", "dump": "numbers", "summary": "numbers", "notice": "numbers",
    "backup": "keeping", "restore": "keeping", "check": "keeping", "lost": "keeping",
    "self-test": "keeping", "rekey": "keeping",
    "erase": "erasing", "person": "erasing", "retention": "erasing",
    "salvage": "salvaging",
}  # fmt: skip
"""By command: the module of `cli.commands` that does it; imported only when asked for."""


def run(arguments: Sequence[str]) -> int:
    """Do one command. Never shows a traceback for what the world got wrong."""
    as_json = "--json" in arguments
    _speak_utf8()
    use_language()
    try:
        given = parser.build().parse_args([one for one in arguments if one != "--json"])
        use_language(given.language)
        context = Context(given.data or paths.default_data_folder(), given.today, given.passphrase_file, as_json)
        return show(_command(given.command)(context, given), as_json=as_json)
    except GridworkerError as error:
        return fail(error.as_json(), as_json=as_json)
    except BrokenPipeError:
        return NOT_DONE
    except KeyboardInterrupt:
        return fail({"code": "cancelled", "message": _("已取消。"), "hint": ""}, as_json=as_json)
    except Exception as error:
        from gridworker.services.keeping import plainly

        if (told := plainly(error)) is None:
            raise
        return fail(told.as_json(), as_json=as_json)


def _command(name: str) -> Command:
    module = import_module(f"gridworker.cli.commands.{_HOMES[name]}")
    command: Command = getattr(module, name.replace("-", "_") if name != "import" else "take")
    return command


def _speak_utf8() -> None:
    """Chinese on any terminal, Windows code pages included."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
