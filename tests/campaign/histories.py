"""One random history: people edit, decide, delete, hand out workbooks, type into them, read them, take them back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from gridworker.domain.ids import Id
from gridworker.domain.ledger import DELETED
from gridworker.domain.ledgers import ledger
from gridworker.domain.versions.entries import Value
from gridworker.errors import UserError
from gridworker.exchange import weekly
from gridworker.services import choosing, conflicts, export, imports
from gridworker.services.export import Wish
from gridworker.services.period import Period
from gridworker.services.workspace import grid_id, worker_id
from gridworker.store import batches, queries
from gridworker.store.door import Change
from tests.campaign import clerks
from tests.campaign.devices import DAY, PASSWORD, Device, File, Pool, opened
from tests.campaign.pencil import Sheet, Workbook

Act = Callable[[Device], None]
ALL_TIME = Period(DAY.replace(year=2000), DAY.replace(year=2040))
HEAD_ROW = 3
GRID, WORKER = grid_id("JX03"), worker_id("JX03-陈晓芸")
SHEETS = {"household": "住户名册", "need": "诉求台账", "visit": "走访台账", "followup": "办理记录"}
PATCHES: dict[str, list[dict[str, list[Value]]]] = {
    "household": [
        {"head": ["王桂兰", "李长河", None]},
        {"phone": ["13800010001", "13900020002", None]},
        {"note": ["有犬", "夜班", None]},
        {"housing": ["own", "rented"]},
        {"care_level": ["red", "normal", None]},
        {"estate": ["金江西苑"], "building": ["3", "4"], "unit": ["1"], "room": ["101", "502"]},
    ],
    "resident": [
        {"name": ["王桂兰", "王小满"]},
        {"id_no": ["999999190203041234", "999999190506072345", None], "birth": ["1902-03-04"], "gender": ["女"]},
        {"note": ["外出", None]},
    ],
    "need": [
        {"content": ["想学电工", "楼道灯坏了"]},
        {"status": ["办理中", "已上报"], "result": [None], "closed_on": [None]},
        {"reply": ["同意", "已转", None]},
        {"assigned_to": ["镇住建办", None]},
        {"review": ["accepted", "returned"], "review_note": ["好", None]},
        {"unit": ["社区", "物业"]},
    ],
    "followup": [{"content": ["上门看过", "已联系"]}, {"outcome": ["done", None]}],
}
"""What is entered: few values, so that people meet in the same ones."""
CELLS: list[str | None] = ["王桂兰", "13800010001", "3", "同意", "2026.11.3", None, None]
"""What somebody types anywhere."""
BY_HEAD: dict[str, list[str | None]] = {
    "户主": ["王桂兰", "李长河", "李*河", None],
    "联系电话": ["13800010001", "139 0002 0002", "139****0002", None],
    "楼栋": ["3", "4", None],
    "室／门牌号": ["101", "**", None],
    "备注": ["有犬", "夜班", None],
    "诉求内容": ["想学电工", "楼道灯坏了"],
    "状态": ["办理中", "已上报", "乱写"],
    "乡镇答复": ["同意", "已转", None],
    "审核意见": ["通过", "退回", None],
    "交办单位": ["镇住建办", None],
}
"""What somebody types under a heading: mostly what others enter too."""


@dataclass
class History:
    """A number of laptops and everything that happened between them; the dice say all."""

    pool: Pool
    folder: Path
    dice: Random
    devices: list[Device] = field(init=False)
    books: list[File] = field(default_factory=list)
    backups: dict[int, Path] = field(default_factory=dict)

    _files: int = 0

    def __post_init__(self) -> None:
        count = self.dice.choice([2, 2, 3, 3, 4, 5, 8])
        self.devices = [self.pool.device("township"), *(self.pool.device("worker") for _number in range(count - 1))]

    def play(self) -> None:
        """Let a random number of things happen."""
        ours: list[tuple[int, Act]] = [
            (9, self.enter), (6, self.hand_out), (9, self.read), (5, self.type_into_a_book), (2, self.decide),
            (2, self.take_back), (1, self.delete), (1, self.back_up), (1, self.restore), (1, self.lose),
        ]  # fmt: skip
        often = self.dice.choice([1, 1, 4])
        acts = [*ours, *((often * weight, act) for weight, act in self.theirs)]
        self._begin(self.dice.choice(self.devices[1:]))
        for act in self.dice.choices([act for _weight, act in acts], [weight for weight, _act in acts], k=26):
            self.let(act)

    @property
    def theirs(self) -> list[tuple[int, Act]]:
        """What comes from other hands."""
        return [(3, self.bring_sheet), (1, self.correct_columns), (2, self.mark_and_put_right), (3, self.decide_who)]

    def let(self, act: Act) -> None:
        """Let something happen at one of the laptops."""
        device = self.dice.choice(self.devices)
        device.set_clock(self.dice)
        act(device)

    def _begin(self, device: Device) -> None:
        """A household with a resident, a need and a step, which most of the others hear of in time."""
        for name in ("household", "resident", "need", "followup"):
            patch = {key: some[0] for key, some in PATCHES[name][0].items()}
            device.workspace.write("add", *self._new(device, name, patch))
        self.books.append(self.export(device, full=self.dice.random() < 0.7))
        for other in self.devices:
            if self.dice.random() < 0.7:
                other.take(self.books[0])

    def enter(self, device: Device) -> None:
        """Something new about a known record, or a new one."""
        name = self.dice.choice(["household", "household", "resident", "need", "need", "followup"])
        known = [row.id for row in queries.every(device.workspace.connection, name)]
        patch = {key: self.dice.choice(some) for key, some in self.dice.choice(PATCHES[name]).items()}
        if known and self.dice.random() < 0.9:
            device.workspace.write("set", Change(ledger(name), patch, self.dice.choice(known[:2])))
        elif not device.workspace.is_township:
            device.workspace.write("add", *self._new(device, name, patch))

    def _new(self, device: Device, name: str, patch: dict[str, Value]) -> list[Change]:
        home = self._any(device, "household")
        of = ledger(name)
        if name == "household":
            return [Change(of, {"grid": GRID} | patch)]
        if name == "resident":
            return [Change(of, {"household": home, "name": "王小满"} | patch)] if home else []
        if name == "followup":
            need = self._any(device, "need")
            return [Change(of, {"need": need} | patch)] if need else []
        source = self.dice.choice(["走访", "visit"])  # the latter as a newer program may have entered it
        facts: dict[str, Value] = {
            "grid": GRID, "worker": WORKER, "household": home, "registered_at": "2026-11-20T10:00", "source": source,
            "kind": self.dice.choice(["N01", "N03", "N05"]), "content": "想学电工", "status": "已上报",
        }  # fmt: skip
        visit = {
            "household": home,
            "visited_at": "2026-11-20T10:00",
            "mode": "home",
            "outcome": "met",
            "worker": WORKER,
        }
        more = [Change(ledger("visit"), visit)] if home and self.dice.random() < 0.4 else []
        return [Change(of, facts | patch), *more]

    def _any(self, device: Device, name: str) -> Id | None:
        known = [row.id for row in queries.every(device.workspace.connection, name)]
        return self.dice.choice(known) if known else None

    def decide(self, device: Device) -> None:
        """Choose one side of some conflict."""
        waiting = conflicts.conflicts(device.workspace)
        if waiting:
            one = self.dice.choice(waiting)
            try:
                choosing.take(device.workspace, [(one, self.dice.choice(one.sides).version)])
            except UserError as error:
                if error.code != "masked_kept":  # what is only known masked cannot be decided for
                    raise

    def delete(self, device: Device) -> None:
        """Hide a record, or bring it back."""
        name = self.dice.choice(["household", "need"])
        record = self._any(device, name)
        if record:
            device.workspace.write(
                "delete", Change(ledger(name), {DELETED: self.dice.choice([True, True, None])}, record)
            )

    def hand_out(self, device: Device) -> None:
        """A workbook, masked or full."""
        self.books.append(self.export(device, full=self.dice.random() < 0.5))

    def export(self, device: Device, *, full: bool) -> File:
        """A new file of the store."""
        target = self._next("xlsx")
        export.export(device.workspace, ALL_TIME, target, Wish(full=full, reason="campaign", password=PASSWORD * full))
        return File(target, is_ours=True)

    def read(self, device: Device) -> None:
        """Any of the last workbooks, once or twice."""
        if self.books:
            book = self.dice.choice(self.books[-6:])
            for _turn in range(self.dice.choice([1, 1, 1, 2])):
                device.take(book)

    def type_into_a_book(self, _device: Device) -> None:
        """Somebody edits a workbook in another program and passes it on under another name."""
        ours = [one for one in self.books if one.is_ours]
        if not ours:
            return
        source = self.dice.choice(ours[-4:]).path
        target = self._next("xlsx")
        data = source.read_bytes()
        locked = data[:2] != b"PK"
        book = Workbook(opened(data, PASSWORD) if locked else data)
        for _turn in range(self.dice.choice([0, 1, 1, 2, 4])):
            self._edit(book.sheet(SHEETS[self.dice.choice(["household", "household", "need", "need", "followup"])]))
        if "_gw" in book.names and self.dice.random() < 0.3:
            book.drop("_gw")
        target.write_bytes(weekly.encrypted(book.save(), PASSWORD) if locked else book.save())
        self.books.append(File(target, is_ours=True))

    def bring_sheet(self, device: Device) -> None:
        """A clerk's sheet comes, and is read by somebody."""
        file = clerks.bring(self._next, self.dice)
        self.books.append(file)
        device.take(file)

    def correct_columns(self, device: Device) -> None:
        """Somebody says what a column of a sheet really is."""
        theirs = [one for one in self.books if not one.is_ours]
        if theirs and (again := clerks.read_otherwise(device, self.dice.choice(theirs[-4:]), self.dice)):
            self.books.append(again)
            device.take(again)

    def mark_and_put_right(self, device: Device) -> None:
        """A sheet goes back marked, and comes home corrected."""
        theirs = [one for one in self.books if not one.is_ours]
        if theirs:
            source, target = self.dice.choice(theirs[-4:]), self._next("xlsx")
            if clerks.marked(device, source, target):
                clerks.put_right(target, self.dice)
                self.books.append(File(target, source.mapping))

    def decide_who(self, device: Device) -> None:
        """Who is who, by a person."""
        clerks.decide_who(device, self.dice)

    def _next(self, ending: str) -> Path:
        self._files += 1
        return self.folder / f"book{self._files}.{ending}"

    def _edit(self, sheet: Sheet) -> None:
        rows = {row: sheet.texts(row) for row in range(HEAD_ROW + 1, sheet.last_row + 1)}
        tokens = [(row, column) for row, some in rows.items() for column, text in some.items() if text[:3] == "gw1"]
        if not tokens:
            return
        row, last = self.dice.choice(tokens[:3])
        heads = {column: head for column, head in sheet.texts(HEAD_ROW).items() if 1 < column < last}
        favoured = [column for column, head in heads.items() if head in BY_HEAD]
        column = self.dice.choice(favoured * 4 + list(heads))
        act = self.dice.random()
        if act < 0.80:
            sheet.put(row, column, self.dice.choice(BY_HEAD.get(heads[column], CELLS)))
        elif act < 0.88:
            sheet.copy_down(row)
        elif act < 0.94:
            sheet.delete(row)
        else:
            sheet.put(row, last, self.dice.choice([None, "gw1h.x.y.z.a.b.cccc"]))

    def take_back(self, device: Device) -> None:
        """Undo some import."""
        known = [one.id for one in batches.listing(device.workspace.connection) if one.state == "in"]
        if known:
            imports.undo(device.workspace, self.dice.choice(known))

    def back_up(self, device: Device) -> None:
        """Keep the store as it is now."""
        self.backups[self.devices.index(device)] = self.pool.copy_of(device)

    def restore(self, device: Device) -> None:
        """Go back to the backup; what was made since is lost here."""
        backup = self.backups.get(self.devices.index(device))
        if backup:
            self.pool.restore(device, backup)

    def lose(self, device: Device) -> None:
        """A laptop is lost; a new one starts from the last workbooks."""
        place = self.devices.index(device)
        self.devices[place] = fresh = self.pool.device(device.workspace.store.role)
        self.backups.pop(place, None)
        for book in self.books[-3:]:
            fresh.take(book)
