"""The main job, told by doing it: `python -m gridworker.cli.story FOLDER`, with the very commands of the command line.

Two workers' month, the weekly workbooks, the township's merge and reply, the reply home; on invented people only.
"""

import io
import json
import os
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, Final

from gridworker.cli.main import run
from gridworker.i18n import _

DAY: Final = "2026-11-20"
WEEK: Final = "2026-W47"
PASSWORD: Final = "演示用的密码-不要照用"
REPORT_PASSWORD: Final = "演示上报密码2026"
WORKERS: Final = (
    ("JX03", "陈晓芸", "金江西苑3网格", "金江社区"),
    ("YS01", "何玉兰", "阅山悦府1网格", "阅山社区"),
)


class Story:
    """The folders of three laptops and what happens on them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        os.environ["GRIDWORKER_PASSPHRASE"] = PASSWORD

    def do(self, laptop: str, *command: str) -> dict[str, Any]:
        """One command on one laptop; its answer."""
        out = io.StringIO()
        with redirect_stdout(out):
            code = run(["--data", str(self.folder / laptop), "--today", DAY, "--json", *command])
        answer: dict[str, Any] = json.loads(out.getvalue().splitlines()[0])
        if code == 2:
            raise SystemExit(f"{' '.join(command)}: {answer['error']['message']}")
        return answer

    def path(self, name: str) -> str:
        """A file that people hand to each other."""
        return str(self.folder / name)

    def tell(self, sentence: str) -> None:
        """Say what happened."""
        print(f"· {sentence}")

    def run(self) -> None:
        """The whole month."""
        self.set_up()
        books = [self.hand_up(grid) for grid, *_more in WORKERS]
        self.merge(books)
        self.reply(self.choose_need())
        self.end()

    def set_up(self) -> None:
        """The township's roster and 上报密码 travel to the workers in one file."""
        secret = self.folder / "上报密码.txt"
        secret.write_text(REPORT_PASSWORD, encoding="utf-8")
        self.do("乡镇", "init", "--role", "township", "--name", "何静文", "--township", "梅山镇")
        roster = self.folder / "网格.json"
        grids = [
            {"code": code, "name": name, "community": community, "township": "梅山镇"}
            for code, _person, name, community in WORKERS
        ]
        roster.write_text(json.dumps(grids, ensure_ascii=False), encoding="utf-8")
        self.do("乡镇", "add", "grid", "--json-file", str(roster))
        self.do("乡镇", "setup", "--report-password-file", str(secret), "-o", self.path("梅山镇_开户文件.gwsetup"))
        self.tell(_("乡镇建好数据，写出开户文件：{file}").format(file=self.path("梅山镇_开户文件.gwsetup")))
        for grid, name, *_more in WORKERS:
            self.do(
                grid,
                "init",
                "--role",
                "worker",
                "--name",
                name,
                "--grid",
                grid,
                "--setup",
                self.path("梅山镇_开户文件.gwsetup"),
            )
            counts = self.do(
                grid, "demo", "--households", "150", "--weeks", "5", "--seed", str(len(grid) + ord(grid[0]))
            )["counts"]
            words = _(
                "{name} 五周的工作：{household} 户 {resident} 人，走访 {visit} 次，诉求 {need} 件，办理 {followup} 条"
            )
            self.tell(words.format(name=name, **counts))
        roster.unlink()

    def hand_up(self, grid: str) -> str:
        """One worker's weekly workbook, full and encrypted."""
        book = self.path(f"{grid}_第47周.xlsx")
        done = self.do(grid, "export", "--week", WEEK, "-o", book)
        self.tell(
            _("{grid} 周报（加密）：{file}，走访 {visit} 条，诉求 {need} 条").format(
                grid=grid, file=book, **_some(done["counts"])
            )
        )
        masked = self.path(f"{grid}_第47周_遮住版.xlsx")
        self.do(grid, "export", "--week", WEEK, "--masked", "-o", masked)
        return book

    def merge(self, books: list[str]) -> None:
        """The township takes everything in, twice: the second time nothing changes."""
        report = self.do("乡镇", "import", *books)
        for one in report["files"]:
            self.tell(
                _("乡镇导入 {file}：新增 {created}，改动 {changed}，问题 {problems}").format(
                    **one | {"problems": len(one["problems"])}
                )
            )
        again = self.do("乡镇", "import", *books)
        changed = sum(one["created"] + one["changed"] for one in again["files"])
        self.tell(_("再导入一遍：改动 {changed} 处").format(changed=changed))
        for row in self.do("乡镇", "stats", "--week", WEEK, "--by", "grid")["rows"]:
            coverage, closing = row["measures"]["coverage"], row["measures"]["closing"]
            words = _("{label}：见面 {met}/{all} 户，办结 {closed}/{needs} 件")
            told = {
                "met": coverage["numerator"],
                "all": coverage["denominator"],
                "closed": closing["numerator"],
                "needs": closing["denominator"],
            }
            self.tell(words.format(label=row["label"], **told))

    def choose_need(self) -> str:
        """A need of the first grid that waits for the township."""
        found = [
            hit for hit in self.do("乡镇", "search", WORKERS[0][0], "--limit", "200")["hits"] if hit["ledger"] == "need"
        ]
        for hit in found:
            shown = self.do("乡镇", "show", "need", hit["id"])
            if shown["fields"].get("status") == "已上报":
                return str(hit["id"])
        raise SystemExit("no reported need")

    def reply(self, need: str) -> None:
        """The township answers in the program; the worker reads it at home."""
        grid = WORKERS[0][0]
        self.do(
            "乡镇",
            "set",
            "need",
            need,
            "reply=同意，由住建办牵头，本周五前到场。",
            "assigned_to=镇住建办",
            "review=通过",
        )
        book = self.path(f"{grid}_第47周_回复.xlsx")
        self.do("乡镇", "export", "--week", WEEK, "--grid", grid, "-o", book)
        self.tell(_("乡镇答复后发回：{file}").format(file=book))
        report = self.do(grid, "import", book)["files"][0]
        fields = self.do(grid, "show", "need", need)["fields"]
        words = _("{grid} 导入回复：改动 {changed}，两边都改过 {conflicts}")
        self.tell(words.format(grid=grid, changed=report["changed"], conflicts=report["conflicts"]))
        self.tell(_("诉求 {number} 的乡镇答复：{reply}").format(number=fields["number"], reply=fields["reply"]))

    def end(self) -> None:
        """Where everything is."""
        plan = self.do(WORKERS[0][0], "due")
        words = _("今天 {name}：应走访 {visits} 户，待办理 {steps} 件，待回访 {calls} 件")
        told = {"visits": len(plan["visits"]), "steps": len(plan["followups"]), "calls": len(plan["callbacks"])}
        self.tell(words.format(name=WORKERS[0][1], **told))
        self.tell(_("全部文件在 {folder}；数据的密码是 {password}，周报的密码是 {report}").format(
            folder=self.folder, password=PASSWORD, report=REPORT_PASSWORD
        ))  # fmt: skip


def _some(counts: dict[str, int]) -> dict[str, int]:
    return {name: counts.get(name, 0) for name in ("visit", "need")}


def _has_display() -> bool:
    return sys.platform in {"win32", "darwin"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main() -> int:
    """Tell the story in a fresh folder, then open the first worker's window if there is a display."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "gridworker-demo")
    marker = folder / "演示数据.txt"
    if folder.exists() and any(folder.iterdir()) and not marker.exists():
        print(_("{folder} 里有别的东西，没有动它；请换一个文件夹。").format(folder=folder), file=sys.stderr)
        return 2
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    marker.write_text(_("这里都是虚构数据，可以整个删掉。"), encoding="utf-8")
    Story(folder).run()
    if _has_display():
        print(_("打开 {name} 的窗口……").format(name=WORKERS[0][1]))
        command = [sys.executable, "-m", "gridworker", "--data", str(folder / WORKERS[0][0]), "--today", DAY]
        return subprocess.call(command)
    print(_("没有图形界面，不打开窗口；有的话用 make run。"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
