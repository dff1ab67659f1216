"""A week of a worker at the command line, every value marked; what leaves the laptop lies in a folder of its own."""

import json
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import xlsxwriter

from gridworker.cli.main import run
from tests.lost_laptop.marks import Marks

WEEK = "2026-W48"


class Worker:
    """One laptop: its data folder, the folder of what travels, and what was planted."""

    def __init__(self, data: Path, outside: Path, marks: Marks) -> None:
        self.data, self.outside, self.marks = data, outside, marks
        self.password = outside / "password.txt"
        self.password.write_text(marks.password("the password"), encoding="utf-8")

    def call(self, *command: object, password: Path | None = None) -> dict[str, Any]:
        """One command; its answer. What fails says so by its code."""
        before = [
            "--data",
            self.data,
            "--passphrase-file",
            password or self.password,
            "--today",
            "2026-11-25",
            "--json",
        ]
        said = StringIO()
        with redirect_stdout(said), redirect_stderr(StringIO()):
            run([str(one) for one in (*before, *command)])
        lines = said.getvalue().splitlines()
        return dict(json.loads(lines[0])) if lines else {}

    def begin(self) -> None:
        """A store, and the paper with its recovery code."""
        made = self.call(
            "init", "--role", "worker", "--name", "陈晓芸", "--grid", "JX03", "--grid-name", "金江西苑3网格"
        )
        self.marks.keep(made["recovery_code"], "the recovery code")
        self.marks.keep(made["recovery_code"].replace("-", ""), "the recovery code")

    def live(self, homes: int) -> None:
        """People, visits, needs; then all that is done with them."""
        some = self._people(homes)
        self._look(some)
        self._take_in(self.foreign_list())
        self._send()
        self._mistakes(some)

    def _people(self, count: int) -> list[str]:
        homes = self._add("household", [self._home(number) for number in range(count)])
        self._add("resident", [self._person(home) for home in homes])
        self._add("visit", [self._visit(home) for home in homes])
        self._add("need", [self._need(home) for home in homes])
        return homes

    def _add(self, ledger: str, given: list[dict[str, object]]) -> list[str]:
        file = self.outside / "records.json"
        file.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
        return list(self.call("add", ledger, "--json-file", file)["ids"])

    def _home(self, number: int) -> dict[str, object]:
        marks, where = self.marks, f"home {number}"
        door = {"estate": "金江西苑", "building": "3", "unit": "2", "room": str(101 + number)}
        return door | {"head": marks.name(where), "phone": marks.phone(where), "note": marks.text(where)}

    def _person(self, home: str) -> dict[str, object]:
        marks = self.marks
        given = {"household": home, "name": marks.name("a resident"), "id_no": marks.id_number("a resident")}
        return given | {"phone": marks.phone("a resident")}

    def _visit(self, home: str) -> dict[str, object]:
        return {"household": home, "visited_at": "2026-11-24T09:00", "content": self.marks.text("a visit")}

    def _need(self, home: str) -> dict[str, object]:
        given = {"household": home, "registered_at": "2026-11-24", "kind": "N12", "content": self.marks.text("a need")}
        return given | {"raised_by": self.marks.name("a need")}

    def _look(self, homes: list[str]) -> None:
        self.call("show", "household", homes[0], "--history")
        for number in range(3):
            self.call("search", self.marks.word(f"search {number}"))
        for command in ("due", "dump", "conflicts", "check", "lost"):
            self.call(command)

    def foreign_list(self) -> Path:
        """A list of somebody else, with a name in its file name."""
        file = self.outside / f"{self.marks.name('a file name')}家.xlsx"
        with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["网格", "小区", "楼栋", "单元", "室号", "户主", "联系电话"])
            for number in (1, 2):
                who = self.marks.name("a foreign list"), self.marks.phone("a foreign list")
                sheet.write_row(number, 0, ["JX03", "金江西苑", "5", "1", str(301 + number), *who])
        return file

    def _take_in(self, file: Path) -> None:
        """A list comes in, is reported on, and goes again."""
        self.call("import", file, "--dry-run")
        group = self.call("import", file, "--report", self.outside / "report.xlsx")["group"]
        self.call("undo", group)

    def _send(self) -> None:
        secret = self.outside / "report-password.txt"
        secret.write_text(self.marks.password("the password of a workbook"), encoding="utf-8")
        self.call("export", "--week", WEEK, "--masked", "-o", self.outside / "masked.xlsx")
        full = ("--full", "--reason", self.marks.text("a reason"), "--password-file", secret)
        self.call("export", "--week", WEEK, *full, "-o", self.outside / "full.xlsx")
        self.call("import", self.outside / "full.xlsx", "--password-file", secret)
        self.call("backup")
        self.call("backup", "-o", self.outside / "away.gwbackup")

    def _mistakes(self, homes: list[str]) -> None:
        """A wrong password, a wrong value, a value taken back."""
        wrong = self.outside / "wrong.txt"
        wrong.write_text(self.marks.password("a wrong password"), encoding="utf-8")
        self.call("due", password=wrong)
        self.call("set", "household", homes[0], f"phone={self.marks.text('no phone')}")
        self.call("set", "household", homes[-1], f"head={self.marks.name('a former head')}")
        self.call("set", "household", homes[-1], f"head={self.marks.name('a head')}")
        self.call("set", "household", homes[-1], f"nothing={self.marks.text('a field that is none')}")
