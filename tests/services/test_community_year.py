"""The invented community year, from a worker's ledgers through the weekly workbook to the township."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from gridworker.domain.calendar import parse_week
from gridworker.domain.ledger import Mask
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.domain.rules.community import DONE
from gridworker.services import (
    conflicts,
    demo,
    demo_community,
    due,
    export,
    intake,
    mediating,
    need_page,
    offering,
    records,
    summary,
)
from gridworker.services.export import Wish
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace
from gridworker.store import queries

WEEK = Period.of_week(parse_week("2026-W48"))
PASSWORD = "上报密码2026"
OWN = {of.name: of for of in ledgers().values() if of.area}


def rows(workspace: Workspace, name: str) -> list[queries.Row]:
    return queries.every(workspace.connection, name)


@pytest.fixture
def year(worker: Workspace) -> Workspace:
    demo.fill(worker, 24, 3)
    demo_community.fill(worker)
    return worker


def test_the_year_holds_what_a_community_does_and_breaks_none_of_its_rules(year: Workspace) -> None:
    held = {name: len(rows(year, name)) for name in OWN}
    assert all(held.values()), held
    assert [held[name] for name in ("meeting", "covenant", "activity", "mediation", "fund")] == [2, 2, 6, 2, 1]
    wrong = [(of.name, of.check(row.values)) for of in OWN.values() for row in rows(year, of.name)]
    assert not [one for one in wrong if one[1]]
    meetings = {row.id: row.plain("present") for row in rows(year, "meeting")}
    voted = [row for row in rows(year, "topic") if row.plain("meeting")]
    assert len(voted) == 4
    for topic in voted:
        votes = sum(topic.plain(name) for name in ("in_favour", "against", "abstained"))
        assert votes == meetings[topic.plain("meeting")]
    first, second = sorted(rows(year, "covenant"), key=lambda one: one.plain("passed_on"))
    assert (second.plain("replaces"), second.plain("version")) == (first.id, "第二版")
    owners = next(row for row in rows(year, "organisation") if row.plain("kind") == "业主委员会")
    assert (owners.plain("state"), len(owners.plain("steps").split(","))) == ("正常", 12)
    entries = rows(year, "campaign_entry")
    assert len({one.plain("household") for one in entries}) == len(entries) > 20
    assert any(one.plain("state") == DONE and one.values["+号牌号码"] for one in entries)
    spent = sum(row.plain("amount") for row in rows(year, "spending"))
    assert 0 < spent <= rows(year, "fund")[0].plain("budget")


def test_from_need_to_project_to_resource_each_is_seen_from_the_other(year: Workspace) -> None:
    project = rows(year, "project")[0]
    around = need_page.read(year, project.plain("need")).around
    assert {"project", "topic", "spending"} <= {one.ledger for one in around.others}
    dispute = mediating.disputes(year)
    settled = [one for one in dispute if one.sides]
    assert [(one.stage, one.is_open) for one in settled] == [("达成协议", False)]
    assert [one.receiver for one in due.plan(year).referrals] == ["梅山志愿服务队"]
    assert {one.name for one in offering.offers(year, "法律援助") if one.fits} == {"县司法局"}


def test_the_weekly_workbook_carries_the_year_and_the_township_merges_it(
    year: Workspace, township: Workspace, tmp_path: Path
) -> None:
    wish = Wish(full=True, reason="周报上报", password=PASSWORD)
    book = export.export(year, WEEK, tmp_path / "full.xlsx", wish).file
    for _again in range(2):
        report = intake.take(township, [book], intake.Options(password=PASSWORD)).files[0]
        assert report.problems == []
    for name in OWN:
        mine, theirs = ([records.fields_json(row) for row in rows(one, name)] for one in (year, township))
        assert mine == theirs, name
    assert conflicts.conflicts(township) == []


def test_the_weekly_summary_has_lines_of_the_community_whose_counts_are_those_of_its_sheets(year: Workspace) -> None:
    whole = Period(date(2026, 1, 1), date(2026, 12, 31))
    told = {one.label: (one.numerator, one.denominator) for one in summary.numbers(year, whole, "JX03").community}
    came = [sum(row.plain(name) for name in ("children", "youths", "adults")) for row in rows(year, "activity")]
    everyone = sum(came) + sum(row.plain("elders") for row in rows(year, "activity"))
    assert told == {
        "化解 / 排查发现（起）": (0, 0), "达成协议 / 调解（次）": (1, 2), "已答复 / 转办（件）": (1, 2),
        "通过 / 议事会表决（项）": (4, 4), "六十岁以下 / 活动参加（人次）": (sum(came), everyone),
    }  # fmt: skip
    assert summary.numbers(year, whole, "JX09").community == []
    assert summary.numbers(year, Period(date(2026, 11, 2), date(2026, 11, 3)), "JX03").community == []


def test_a_masked_book_of_the_year_names_nobody(year: Workspace, tmp_path: Path) -> None:
    book = export.export(year, WEEK, tmp_path / "masked.xlsx", Wish(full=False)).file
    names = {
        name
        for of in ledgers().values()
        for row in rows(year, of.name)
        for one in of.fields
        if one.mask is Mask.NAME and of.name != "worker" and row.plain(one.name)
        for name in str(row.plain(one.name)).split("、")
    }
    assert len(names) > 30
    opened = openpyxl.load_workbook(book)
    assert {ledger(name).sheet for name in ("captain", "meeting", "topic", "participant")} <= set(opened.sheetnames)
    text = "\n".join(str(cell) for sheet in opened for line in sheet.iter_rows(values_only=True) for cell in line)
    assert not {name for name in names if len(name) > 2 and name in text}
