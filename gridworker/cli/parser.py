"""The command line's grammar (design §6); `--json` may stand anywhere and is taken out before."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from gridworker import __version__
from gridworker.errors import UserError
from gridworker.i18n import _


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks like the rest of the program."""

    def error(self, message: str) -> NoReturn:
        """Refuse a wrong call with one sentence."""
        raise UserError("usage", _("命令写得不对：{message}。").format(message=message), _("看 gridworker --help。"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("日期要写成 2026-11-25")) from error


def build() -> Parser:
    """The whole grammar."""
    parser = Parser(prog="gridworker", description=_("网格走访：不带命令打开窗口，带命令在终端办事。"))
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--data", type=Path, metavar="DIR", help=_("数据文件夹"))
    parser.add_argument("--passphrase-file", type=Path, metavar="F", help=_("第一行是密码的文件"))
    parser.add_argument("--today", type=_day, metavar="DATE", help=_("把这一天当作今天"))
    parser.add_argument("--language", choices=("zh_CN", "en"), help=_("界面语言"))
    commands = parser.add_subparsers(dest="command", metavar=_("命令"), parser_class=Parser)
    for add in (_starting, _records, _exchange, _forms, _numbers, _keeping, _erasing):
        add(commands.add_parser)
    return parser


Add = Callable[..., argparse.ArgumentParser]


def _starting(add: Add) -> None:
    init = add("init", help=_("建立加密的数据"))
    init.add_argument("--role", choices=("worker", "township"))
    init.add_argument("--name")
    init.add_argument("--grid", default="", metavar="CODE")
    init.add_argument("--grid-name", default="")
    init.add_argument("--community", default="")
    init.add_argument("--township", default="")
    init.add_argument("--setup", type=Path, metavar="FILE", help=_("乡镇发的开户文件"))
    init.add_argument("--rebuild", nargs="+", type=Path, metavar="FOLDER", help=_("从交过的周报恢复"))
    init.add_argument("--password-file", type=Path, metavar="F", help=_("周报的密码"))
    setup = add("setup", help=_("写出乡镇的开户文件"))
    _out(setup)
    setup.add_argument("--report-password-file", type=Path, metavar="F", help=_("设定上报密码"))
    demo = add("demo", help=_("填入虚构的住户、走访和诉求"))
    demo.add_argument("--households", type=int, default=120)
    demo.add_argument("--weeks", type=int, default=4)
    demo.add_argument("--seed", type=int, default=1)


def _records(add: Add) -> None:
    one = add("add", help=_("登记一条或多条"))
    one.add_argument("ledger")
    one.add_argument("--json-file", type=Path, required=True, metavar="F")
    change = add("set", help=_("改一条记录"))
    change.add_argument("ledger")
    change.add_argument("id")
    change.add_argument("fields", nargs="+", metavar="FIELD=VALUE")
    show = add("show", help=_("看一条记录"))
    show.add_argument("ledger")
    show.add_argument("id")
    show.add_argument("--history", action="store_true", help=_("连同每次改动"))
    for name, words in (("merge", _("两条记录是同一个，合在一起")), ("split", _("两条记录不是同一个，分开"))):
        pair = add(name, help=words)
        pair.add_argument("ledger")
        pair.add_argument("a")
        pair.add_argument("b")
    search = add("search", help=_("找人、找门牌、找诉求"))
    search.add_argument("query")
    search.add_argument("--limit", type=int, default=20)
    due = add("due", help=_("今天该走访谁、该办什么"))
    due.add_argument("--on", type=_day)


def _exchange(add: Add) -> None:
    export = add("export", help=_("写出周报工作簿"))
    _period(export)
    _out(export)
    kind = export.add_mutually_exclusive_group()
    kind.add_argument("--masked", action="store_true", help=_("遮住版"))
    kind.add_argument("--full", action="store_true", help=_("完整版，加密"))
    export.add_argument("--reason", default="", help=_("完整版的用途"))
    export.add_argument("--password-file", type=Path, metavar="F")
    export.add_argument("--grid", default="", metavar="CODE", help=_("只要这个网格"))
    export.add_argument("--replies", action="store_true", help=_("只发上次之后答复过的诉求；不给网格时 -o 是文件夹"))
    read = add("read", help=_("看一个表会怎样被理解，不导入"))
    read.add_argument("file", type=Path)
    read.add_argument("--mapping", type=Path, metavar="F")
    read.add_argument("--password-file", type=Path, metavar="F")
    take = add("import", help=_("导入工作簿或文件夹"))
    take.add_argument("files", nargs="+", type=Path, metavar="FILE|FOLDER")
    take.add_argument("--even-erased", action="store_true", help=_("表里有已永久删除的人或户，仍要导入"))
    take.add_argument("--dry-run", action="store_true", help=_("只看会怎样，不导入"))
    take.add_argument("--report", type=Path, metavar="OUT.xlsx")
    take.add_argument("--mapping", type=Path, metavar="F")
    take.add_argument("--password-file", type=Path, metavar="F")
    batches = add("batches", help=_("导入记录"))
    batches.add_argument(
        "--weeks", type=int, nargs="?", const=8, metavar="N", help=_("各网格最近几周交了没有：缺、迟、零报告、改过……")
    )
    undo = add("undo", help=_("撤回一次导入"))
    undo.add_argument("batch", metavar="BATCH|GROUP")
    add("conflicts", help=_("两边都改过、要选一个的"))
    resolve = add("resolve", help=_("选定一个值"))
    resolve.add_argument("conflicts", nargs="*", metavar="CONFLICT")
    choice = resolve.add_mutually_exclusive_group(required=True)
    choice.add_argument("--take", metavar="VERSION", help=_("用这一版的值"))
    choice.add_argument("--value", metavar="V", help=_("另写一个值"))
    choice.add_argument("--take-file", metavar="FILE", help=_("用这个文件里的值；不写哪一处就是全部"))
    choice.add_argument("--keep", action="store_true", help=_("留现在显示的值；不写哪一处就是全部"))
    choice.add_argument("--same", nargs=2, metavar=("ROW", "RECORD"), help=_("两条记录是同一个"))
    choice.add_argument("--apart", nargs=2, metavar=("ROW", "RECORD"), help=_("两条记录不是同一个"))


def _forms(add: Add) -> None:
    fill = add("fill", help=_("把乡镇发的空表填好"))
    fill.add_argument("form", nargs="?", metavar="FORM", help=_("空表，或自带表格的名称"))
    fill.add_argument("-o", "--out", type=Path, metavar="FILE")
    fill.add_argument("--list", action="store_true", help=_("列出自带的表格"))
    fill.add_argument("--ledger", default="", metavar="L", help=_("每一行是什么；不写就看表头"))
    fill.add_argument("--where", nargs="+", default=[], metavar="FIELD=VALUE", help=_("只要这样的，如 care_level=红"))
    _period(fill)
    fill.add_argument("--changed-since", type=_day, metavar="DATE", help=_("只要这一天以来有变动的"))
    fill.add_argument("--id-format", choices=("full", "masked", "last4"), default="full", help=_("身份证号怎么写"))
    fill.add_argument(
        "--date-format", choices=("iso", "dots", "chinese", "short"), default="", help=_("日期怎么写；不写就照空表")
    )
    fill.add_argument("--mapping", type=Path, metavar="F")
    fill.add_argument("--password-file", type=Path, metavar="F", help=_("空表的密码；填好的表用它加密"))
    fill.add_argument("--full", action="store_true", help=_("填全部内容；用给出的密码或上报密码加密，都没有就不加密"))
    fill.add_argument("--open", action="store_true", help=_("有密码也不加密，会记入访问日志"))
    fill.add_argument("--reason", default="", help=_("填全部内容的用途"))


def _numbers(add: Add) -> None:
    stats = add("stats", help=_("覆盖、办结等数字"))
    _period(stats)
    stats.add_argument("--by", choices=("grid", "worker", "community", "kind", "week", "month"), default="grid")
    summary = add("summary", help=_("写出乡镇的周汇总表"))
    summary.add_argument("--week", metavar="2026-W47")
    _out(summary)
    kind = summary.add_mutually_exclusive_group()
    kind.add_argument("--masked", action="store_true", help=_("遮住版"))
    kind.add_argument("--full", action="store_true", help=_("完整版，加密"))
    summary.add_argument("--reason", default="", help=_("完整版的用途"))
    summary.add_argument("--password-file", type=Path, metavar="F")
    summary.set_defaults(first=None, last=None)
    notice = add("notice", help=_("写出一周的公示，只有数字"))
    notice.add_argument("--week", metavar="2026-W47")
    _out(notice)
    notice.set_defaults(first=None, last=None)
    dump = add("dump", help=_("全部共享事实，逐行 JSON"))
    dump.add_argument("--versions", action="store_true")


def _keeping(add: Add) -> None:
    backup = add("backup", help=_("备份"))
    backup.add_argument("-o", "--out", type=Path, metavar="FILE")
    backup.add_argument("--copy-to", type=Path, metavar="DIR", help=_("以后每次备份也在这里放一份，例如 U 盘"))
    restore = add("restore", help=_("从备份恢复"))
    restore.add_argument("file", type=Path)
    salvage = add("salvage", help=_("数据文件损坏时，救出还读得出的记录"))
    salvage.add_argument("--dry-run", action="store_true", help=_("只看能救出什么，不改动"))
    salvage.add_argument("--backup", type=Path, metavar="FILE", help=_("用这份备份补上，默认最近的完好备份"))
    check = add("check", help=_("检查数据是否完好"))
    check.add_argument("--log-head", default="", metavar="HEAD", help=_("封面上“访问日志”一行；看本机日志里还有没有"))
    lost = add("lost", help=_("电脑或工作簿丢了：里面有多少、到哪一天、哪些没有上交"))
    lost.add_argument("--grid", default="", metavar="CODE", help=_("乡镇：这个网格的电脑"))
    lost.add_argument("--book", default="", metavar="ID", help=_("丢的是这一份工作簿（导出号）：写出里面有哪些记录"))
    lost.add_argument("-o", "--out", type=Path, metavar="FILE")
    add("self-test", help=_("检查本程序能否正常工作"))
    rekey = add("rekey", help=_("换密码"))
    rekey.add_argument("--new-passphrase-file", type=Path, metavar="F")
    way = rekey.add_mutually_exclusive_group()
    way.add_argument("--recovery-code", default="", help=_("忘了旧密码时用恢复码"))
    way.add_argument("--new-recovery-code", action="store_true", help=_("换一个恢复码，旧的作废"))


def _erasing(add: Add) -> None:
    erase = add("erase", help=_("永久删除一条记录，连同它的历史"))
    erase.add_argument("ledger")
    erase.add_argument("id")
    erase.add_argument("--reason", default="", choices=("", "request", "mistake", "expired", "purpose"))
    erase.add_argument("--keep-needs", action="store_true", help=_("他的诉求留下，只去掉姓名电话"))
    erase.add_argument("--dry-run", action="store_true", help=_("只看会删掉什么"))
    erase.add_argument("--drop-backups", action="store_true", help=_("另做一份新备份，删掉以前的备份"))

    kept = add("retention", help=_("保存期已到的记录，供人逐条看"))
    kept.add_argument("--keep", nargs="+", default=[], metavar="ID", help=_("看过了，再留一年"))
    kept.add_argument("--months", nargs="+", default=[], metavar="RULE=N", help=_("改保存期，如 closed=36"))
    person = add("person", help=_("把登记的全部个人资料给本人看"))
    person.add_argument("id")
    _out(person)
    person.add_argument("--password-file", type=Path, required=True, metavar="F", help=_("打开它的密码，当面告诉本人"))


def _out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="FILE")


def _period(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--week", metavar="2026-W47")
    parser.add_argument("--from", dest="first", type=_day, metavar="D")
    parser.add_argument("--to", dest="last", type=_day, metavar="D")


Arguments = Any
