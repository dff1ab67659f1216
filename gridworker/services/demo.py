"""Invented people for a first look and for tests: the same seed and day give the same facts."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from stdnum.cn import ric

from gridworker import paths
from gridworker.domain import values
from gridworker.domain.ids import Id, hashed_id
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import numbering, visit_rhythm
from gridworker.domain.versions.entries import Value
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import defaults
from gridworker.services.workspace import Workspace
from gridworker.store import door, queries
from gridworker.store.door import Change

LETTER: Final = "A"
"""The device letter of invented need numbers, whatever laptop invents them."""
_LEVELS: Final = ("red", "yellow", "green", "normal")


@dataclass(slots=True)
class _Home:
    id: Id
    head: str
    phone: str
    level: str
    people: list[Id] = field(default_factory=list)


@dataclass(slots=True)
class Maker:
    """Draws everything from one random source, in a fixed order."""

    workspace: Workspace
    dice: random.Random
    seed: int
    pool: dict[str, Any]
    made: int = 0
    phones: int = 0
    numbers: dict[int, int] = field(default_factory=dict)
    dated: list[tuple[datetime, Change]] = field(default_factory=list)
    homes: list[_Home] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, at: datetime, name: str, given: dict[str, object]) -> Id:
        """Remember a record to enter, typed as a worker would type it."""
        self.made += 1
        id = hashed_id("demo", self.workspace.store.get("grid"), self.seed, self.made)
        self.change(at, name, id, given)
        self.counts[name] = self.counts.get(name, 0) + 1
        return id

    def change(self, at: datetime, name: str, id: Id, given: dict[str, object]) -> None:
        """Remember what is said of a record, typed as a worker would type it."""
        of = ledger(name)
        patch: dict[str, Value] = {}
        for key, raw in given.items():
            one = of.field(key)
            assert one is not None, key
            patch[key] = raw if isinstance(raw, int) and one.kind == "ref" else values.parse(one, raw).value  # type: ignore[arg-type]
        patch = {key: value for key, value in patch.items() if value is not None}
        self.dated.append((at, Change(of, patch, id)))

    def pick(self, name: str) -> Any:
        """One of a pool."""
        return self.dice.choice(self.pool[name])

    def phone(self) -> str:
        """A mobile number of the invented range."""
        self.phones += 1
        return f"1990000{(self.phones * 7919 + self.seed) % 10000:04d}"


Progress = Callable[[int, int, str], object]


def untold(_done: int, _every: int, _what: str) -> None:
    """Nobody waits for it."""


def fill(
    workspace: Workspace, households: int, weeks: int, seed: int = 1, progress: Progress = untold
) -> dict[str, int]:
    """Fill a fresh store's grid, day by day. Raises UserError when it is not fresh or not a worker's."""
    if workspace.grid is None:
        raise UserError("no_grid", _("演示数据要填在网格员的数据里。"), _("请用 init --role worker 建立。"))
    if queries.count(workspace.connection, "household"):
        raise UserError("not_fresh", _("这里已经有住户，不再填演示数据。"), _("请另建一个空的数据文件夹。"))
    maker = Maker(workspace, random.Random(seed), seed, paths.json_resource("sample", "demo.json"))
    first = workspace.today - timedelta(weeks=weeks)
    _people(maker, households, first)
    _visits(maker, first)
    _needs(maker, first, max(len(maker.pool["needs"]), households // 8))
    enter(maker, progress)
    return maker.counts


def enter(maker: Maker, progress: Progress) -> None:
    """One deed a day, in order of time; references come before what refers to them."""
    days: dict[datetime, list[Change]] = {}
    for at, change in sorted(maker.dated, key=lambda one: one[0]):
        days.setdefault(datetime.combine(at.date(), time(20)), []).append(change)
    for place, (at, changes) in enumerate(days.items()):
        progress(place, len(days), f"{at:%Y-%m-%d}")
        door.write(maker.workspace.connection, maker.workspace.store.deed("demo", at), changes)


def _people(maker: Maker, households: int, first: date) -> None:
    at = datetime.combine(first - timedelta(days=1), time(9))
    for estate, building, unit, room in _doors(maker, households):
        level = maker.dice.choices(_LEVELS, (6, 14, 20, 60))[0]
        surname = maker.dice.choice(maker.pool["surnames"])
        old = level == "red" or maker.dice.random() < 0.25
        head = surname + maker.pick("given_old" if old else "given_middle")
        vacant = level == "normal" and maker.dice.random() < 0.06
        phone = "" if vacant else maker.phone()
        tags = {"red": "独居老人", "yellow": "空巢老人", "green": "租户"}.get(level, "")
        id = maker.add(
            at,
            "household",
            {
                "grid": maker.workspace.grid, "estate": estate, "building": building, "unit": unit, "room": room,
                "head": "" if vacant else head, "phone": phone, "care_level": level, "tags": tags,
                "housing": "vacant" if vacant else "rented" if level == "green" else "own",
            },
        )  # fmt: skip
        home = _Home(id, head, phone, level)
        if not vacant:
            _family(maker, home, surname, at, old=old)
            maker.homes.append(home)


def _doors(maker: Maker, households: int) -> Iterator[tuple[str, str, str, str]]:
    """Doors along the stairs of the grid's estates."""
    left = households
    for estate in _estates(maker):
        for building in range(1, estate["buildings"] + 1):
            for unit in range(1, estate["units"] + 1):
                for floor in range(1, estate["floors"] + 1):
                    for door_no in (1, 2):
                        if left == 0:
                            return
                        left -= 1
                        yield estate["name"], str(building), str(unit), f"{floor}{door_no:02d}"


def _estates(maker: Maker) -> Iterator[dict[str, Any]]:
    """The estates in turn, starting with the one the grid is named after; a big grid gets further phases."""
    known = maker.pool["estates"]
    grid = maker.workspace.row("grid", maker.workspace.grid or 0)
    name = str(grid.plain("name")) if grid else ""
    start = next((place for place, one in enumerate(known) if one["name"] in name), 0)
    phase = 0
    while True:
        for step in range(len(known)):
            one = known[(start + step) % len(known)]
            yield one | {"name": one["name"] + (f"{phase + 1}期" if phase else "")}
        phase += 1


def _family(maker: Maker, home: _Home, surname: str, at: datetime, *, old: bool) -> None:
    year = maker.workspace.today.year
    born = year - maker.dice.randint(66, 88) if old else year - maker.dice.randint(32, 58)
    members = [("本人", home.head, born)]
    if home.level != "red":
        spouse = maker.dice.choice(maker.pool["surnames"]) + maker.pick("given_old" if old else "given_middle")
        members.append(("配偶", spouse, born + maker.dice.randint(-3, 3)))
    if not old:
        for _child in range(maker.dice.choice((0, 1, 1, 2))):
            relation = maker.dice.choice(("子", "女"))
            members.append((relation, surname + maker.pick("given_young"), born + maker.dice.randint(24, 30)))
    for relation, name, birth_year in members:
        home.people.append(_person(maker, home, relation, name, min(birth_year, year - 1), at))


def _person(maker: Maker, home: _Home, relation: str, name: str, birth_year: int, at: datetime) -> Id:
    birth = date(birth_year, maker.dice.randint(1, 12), maker.dice.randint(1, 28))
    male = relation == "子" or (relation != "女" and maker.dice.random() < 0.5)
    stem = f"999999{birth:%Y%m%d}{maker.dice.randint(10, 99)}{maker.dice.randrange(male, 10, 2)}"
    number = stem + ric.calc_check_digit(stem + "0")
    age = maker.workspace.today.year - birth_year
    work = "退休" if age >= 60 else "在校" if 6 <= age <= 18 else "在业" if age > 18 else ""
    return maker.add(
        at,
        "resident",
        {
            "household": home.id, "name": name, "relation": relation, "id_no": number, "birth": birth.isoformat(),
            "gender": "男" if male else "女", "phone": home.phone if relation == "本人" else "", "work_status": work,
            "insurance": "城乡居民", "care_tags": "独居老人" if home.level == "red" and relation == "本人" else "",
        },
    )  # fmt: skip


def _visits(maker: Maker, first: date) -> None:
    """Each household about as often as its level asks, so that some are on time and some are late."""
    for home in maker.homes:
        cycle = visit_rhythm.cycle_days(home.level, None)
        day = first + timedelta(days=maker.dice.randint(0, min(cycle, 40)))
        while day < maker.workspace.today:
            if day.isoweekday() < 7:
                _visit(maker, home, day)
            day += timedelta(days=max(3, round(cycle * maker.dice.uniform(0.8, 1.35))))


def _visit(maker: Maker, home: _Home, day: date) -> Id:
    outcome = maker.dice.choices(("met", "not_met", "refused", "away"), (82, 11, 3, 4))[0]
    content = maker.pick("visit_met") if outcome == "met" else maker.dice.choice(maker.pool["visit_other"][outcome])
    at = datetime.combine(day, time(maker.dice.choice((9, 10, 15, 16, 18, 19)), maker.dice.randrange(0, 60, 5)))
    mode = "phone" if outcome == "met" and maker.dice.random() < 0.15 else "home"
    return maker.add(
        at,
        "visit",
        {
            "household": home.id, "visited_at": at.isoformat(timespec="minutes"), "mode": mode, "outcome": outcome,
            "purpose": "日常走访", "met": home.head if outcome == "met" else "", "content": content,
            "publicity": maker.dice.choice(("反诈", "消防", "医保", "反诈、消防")) if outcome == "met" else "",
            "worker": maker.workspace.worker,
        },
    )  # fmt: skip


_STATES: Final = ("办理中", "已上报", "已登记", "已办结", "已销号", "列入计划", "回访", "已上报", "已作废")
"""What becomes of invented needs, in turn: every state occurs. 回访 is closed with the person asked."""


def _needs(maker: Maker, first: date, count: int) -> None:
    days = max(1, (maker.workspace.today - first).days)
    for place in range(count):
        story = maker.pool["needs"][place % len(maker.pool["needs"])]
        home = maker.dice.choice(maker.homes)
        registered = first + timedelta(days=maker.dice.randrange(days))
        _need(maker, story, home, registered, _STATES[place % len(_STATES)])


def _need(maker: Maker, story: dict[str, Any], home: _Home, registered: date, state: str) -> None:
    at = datetime.combine(registered, time(19, 30))
    urgency = defaults.urgency_of(story["kind"])
    due_on = defaults.due_on(story["kind"], urgency, registered)[0]
    ended = _ending(maker, registered, state)
    need = maker.add(
        at,
        "need",
        {
            "number": _number(maker, registered.year), "grid": maker.workspace.grid, "worker": maker.workspace.worker,
            "household": home.id, "registered_at": at.isoformat(timespec="minutes"), "source": "走访",
            "raised_by": home.head, "phone": home.phone, "kind": story["kind"], "content": story["content"],
            "urgency": urgency, "unit": story["unit"], "due_on": due_on.isoformat(), **story.get("more", {}), **ended,
        },
    )  # fmt: skip
    _steps(maker, need, registered, closed=bool(ended.get("closed_on")))


def _ending(maker: Maker, registered: date, state: str) -> dict[str, str]:
    if state not in {"已办结", "已销号", "回访"}:
        return {"status": state}
    closed = min(registered + timedelta(days=maker.dice.randint(1, 12)), maker.workspace.today)
    ended = {
        "status": "已销号" if state == "已销号" else "已办结",
        "result": "已解决",
        "closed_on": closed.isoformat(),
        "result_note": maker.pick("results"),
    }
    if state != "已办结":
        ended |= {
            "called_back_on": min(closed + timedelta(days=1), maker.workspace.today).isoformat(),
            "satisfaction": maker.dice.choice(("非常满意", "满意", "满意", "基本满意")),
        }
    return ended


def _number(maker: Maker, year: int) -> str:
    maker.numbers[year] = maker.numbers.get(year, 0) + 1
    return numbering.format_number(maker.workspace.store.get("grid"), year, LETTER, maker.numbers[year])


def _steps(maker: Maker, need: Id, registered: date, *, closed: bool) -> None:
    today = maker.workspace.today
    done = min(registered + timedelta(days=maker.dice.randint(1, 4)), today)
    at = datetime.combine(done, time(20))
    maker.add(at, "followup", {
        "need": need, "due_on": done.isoformat(), "done_on": done.isoformat(),
        "mode": maker.dice.choice(("电话", "上门")), "content": maker.pick("steps"), "worker": maker.workspace.worker,
    })  # fmt: skip
    if not closed:
        coming = today + timedelta(days=maker.dice.choice((-6, -3, -1, 0, 1, 3, 5)))
        maker.add(at, "followup", {
            "need": need, "due_on": max(coming, done).isoformat(), "content": maker.pick("promises"),
            "worker": maker.workspace.worker,
        })  # fmt: skip
