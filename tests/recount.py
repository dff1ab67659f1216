"""The numbers of field.md §9.6 counted once more, plainly, from the lines of the dump; nothing of the program's own."""

import calendar
import json
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from gridworker.services import dump
from gridworker.services.workspace import Workspace

CYCLE = {"red": 7, "yellow": 30, "green": 90, "normal": 180}
EMPTY = 365
DIRECT, REMOTE = {"home", "office"}, {"phone", "wechat", "video"}
LEVELS = ["网格", "社区", "乡镇", "县"]
GOOD = {"非常满意", "满意", "基本满意"}
Fraction = tuple[int, int | None]


class Recount:
    """A dump, and what it comes to."""

    def __init__(self, workspace: Workspace, today: date) -> None:
        self.today = today
        self.table = json.loads(
            (Path(__file__).parents[1] / "resources/codes/holidays.json").read_text(encoding="utf-8")
        )
        self.of: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        for text in dump.dump(workspace):
            line = json.loads(text)
            self.of[line["ledger"]][line["id"]] = line["fields"]
        self.visits = [one for one in self.of["visit"].values() if one.get("household") in self.of["household"]]
        self.visits.sort(key=lambda one: one["visited_at"])
        gone = {"已合并", "已作废", "已撤回"}
        needs = self.of["need"].items()
        self.needs = [
            one | {"level": self._level(id, one)}
            for id, one in needs
            if one["status"] not in gone and one.get("registered_at")
        ]

    def _level(self, id: str, need: dict[str, Any]) -> int:
        """0 grid, 1 community, 2 township, 3 county: where the last step led, or the township's own word."""
        steps = [one for one in self.of["escalation"].values() if one["need"] == id]
        steps.sort(key=lambda one: (one["sent_on"], LEVELS.index(one["to_level"]), one.get("outcome") != "退回"))
        path = [0]
        for one in steps:
            end = "from_level" if one.get("outcome") == "退回" else "to_level"
            path.append(LEVELS.index(one[end]))
        if need["status"] == "已上报" or need.get("reply") or need.get("assigned_to"):
            path += [2] if path[-1] < 2 else []
        if need.get("review") == "returned" and path[-1] == 2:
            return max((one for one in path if one < 2), default=0) if path.count(2) == 1 else path[0]
        return path[-1]

    def span(self, key: str, first: date, last: date) -> tuple[date, date]:
        """The days of 2026-W47 or 2026-11 within a period."""
        if "W" in key:
            year, number = key.split("-W")
            begin = date.fromisocalendar(int(year), int(number), 1)
            end = begin + timedelta(days=6)
        else:
            year, month = map(int, key.split("-"))
            begin, end = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return max(first, begin), min(last, end)

    def numbers(self, first: date, last: date, by: str, key: str) -> dict[str, Fraction]:
        """Every number of a line."""
        homes, visits, needs = self._part(by, key)
        return self._visits(homes, visits, first, last) | self._needs(needs, first, last)

    def _part(self, by: str, key: str) -> tuple[set[str], list[Any], list[Any]]:
        homes = self.of["household"]
        if by == "kind":
            return set(), [], [one for one in self.needs if one["kind"] == key]
        if by == "worker":
            id, person = next((id, one) for id, one in self.of["worker"].items() if one["code"] == key)
            visits = [one for one in self.visits if one["worker"] == id]
            codes = person["grids"].replace("、", ",").split(",")
            own = {home for home, one in homes.items() if self.of["grid"][one["grid"]]["code"] in codes}
            return own | {one["household"] for one in visits}, visits, [n for n in self.needs if n["worker"] == id]
        field = {"grid": "code", "community": "community"}.get(by)
        grids = {id for id, one in self.of["grid"].items() if field is None or one.get(field) == key}
        own = {home for home, one in homes.items() if one["grid"] in grids}
        visits = [one for one in self.visits if one["household"] in own]
        return own, visits, [one for one in self.needs if one["grid"] in grids]

    def _visits(self, homes: set[str], visits: list[Any], first: date, last: date) -> dict[str, Fraction]:
        within = [one for one in visits if first <= _day(one["visited_at"]) <= last]
        met = {one["household"] for one in within if one["outcome"] == "met"}
        due = {home for home in homes if self._due(home, first - timedelta(days=1)) <= last}
        red = {home for home in homes if self.of["household"][home].get("care_level") == "red"}
        outcomes = [one["outcome"] for one in within]
        return {
            "coverage": (len(met & homes), len(homes)),
            "due_visits": (len(met & due), len(due)),
            "red_met": (len(met & red), len(red)),
            "not_met": (outcomes.count("not_met"), len(within)),
            "refused": (outcomes.count("refused"), len(within)),
            "visits": (len(within), None),
        }

    def _due(self, home: str, day: date) -> date:
        fields = self.of["household"][home]
        level = fields.get("care_level") or "normal"
        before = [one for one in self.visits if one["household"] == home and _day(one["visited_at"]) <= day]
        if before and before[-1].get("next_on"):
            return _day(before[-1]["next_on"])
        modes = DIRECT | REMOTE if level in ("green", "normal") else DIRECT
        met = [_day(one["visited_at"]) for one in before if one["outcome"] == "met" and one["mode"] in modes]
        seldom = level in ("green", "normal")
        gone = bool(before) and before[-1]["outcome"] in ("vacant", "away", "moved") and seldom
        start = _day(before[-1]["visited_at"]) if gone else max(met, default=None)
        if start is None:
            return day
        empty = seldom and (gone or fields.get("housing") in ("vacant", "demolished", "unfinished"))
        return start + timedelta(days=EMPTY if empty else CYCLE[level])

    def _needs(self, needs: list[Any], first: date, last: date) -> dict[str, Fraction]:
        until = min(last, self.today)
        opening = new = ended = known = 0
        closed, left = [], []
        for one in needs:
            begun = _day(one["registered_at"])
            end = max(begun, _day(one["closed_on"])) if one.get("closed_on") else date.max
            if begun > last:
                continue
            known += 1
            ended += end <= last
            opening += begun < first <= end
            new += begun >= first
            if first <= end <= last:
                closed.append(one)
            elif end > last:
                left.append(one)
        assert opening + new - len(closed) == len(left)
        timely = sum(not one.get("due_on") or one["closed_on"] <= one["due_on"] for one in closed)
        called = [one for one in closed if one.get("called_back_on")]
        answers = [one["satisfaction"] for one in called if one.get("satisfaction") not in (None, "", "未接通")]
        late = sum(bool(one.get("due_on")) and _day(one["due_on"]) < until for one in left)
        return {
            "opening": (opening, None), "new": (new, None), "closed": (len(closed), None), "open": (len(left), None),
            "closing": (len(closed), opening + new), "closing_cumulative": (ended, known),
            "timeliness": (timely, len(closed)), "overdue": (late, len(left)),
            "days": (len(closed), self._median([self._working(one) for one in closed])),
            "callback": (len(called), len(closed)),
            **{name: (sum(one["level"] <= place for one in closed), len(closed))
               for place, name in enumerate(("in_grid", "in_village", "in_town"))},
            "satisfaction": (sum(one in GOOD for one in answers), len(answers)),
        }  # fmt: skip

    def _working(self, need: dict[str, Any]) -> int:
        day, end = _day(need["registered_at"]), _day(need["closed_on"])
        passed = [day + timedelta(days=number + 1) for number in range((end - day).days)]
        table = self.table
        return sum(
            str(one) in table["workdays"] or (one.isoweekday() < 6 and str(one) not in table["holidays"])
            for one in passed
        )

    def _median(self, days: list[int]) -> int | None:
        days.sort()
        middle = len(days) // 2
        return None if not days else days[middle] if len(days) % 2 else round((days[middle - 1] + days[middle]) / 2)


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])
