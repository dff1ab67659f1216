"""包保 counted from records, with the records; attendance by age; a building found by the search box."""

import pytest

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.services import affairs, participation, records, search
from gridworker.services.search import BUILDING


def add(workspace, name, *given):
    found = records.add(workspace, ledger(name), list(given))
    assert not found.problems, found.problems
    return found.ids


@pytest.fixture
def homes(worker):
    about = {"grid": to_text(worker.grid), "unit": "1", "room": "101"}
    places = (("金江西苑", "3", "钱招娣"), ("金江西苑", "31", "吴为"), ("阅山悦府", "3", "区海平"))
    return add(
        worker, "household", *({**about, "estate": one, "building": house, "head": head} for one, house, head in places)
    )


def counted(workspace, name, id):
    return dict(affairs.read(workspace, ledger(name), id).counted)


def test_visits_and_settled_needs_count_where_and_while_somebody_is_paired(worker, homes):
    grid = {"grid": to_text(worker.grid), "from_on": "2026-03-01"}
    (unit,) = add(worker, "paired_unit", {**grid, "name": "县供水公司", "estate": "金江西苑"})
    about = {"paired_unit": to_text(unit), "name": "闻人静", "estate": "金江西苑", "building": "3栋"}
    (cadre,) = add(worker, "cadre", {**grid, **about, "until_on": "2026-06-30"})
    how = {"mode": "home", "outcome": "met"}
    days = ((0, "2026-02-01", ""), (0, "2026-04-01", "闻人静"), (1, "2026-04-02", ""), (2, "2026-04-03", "闻人静"))
    visits = add(
        worker, "visit",
        *({**how, "household": to_text(homes[at]), "visited_at": day, "companion": along} for at, day, along in days),
        {**how, "household": to_text(homes[0]), "visited_at": "2026-08-01", "companion": "陈局、闻人静"},
    )  # fmt: skip
    closed = {"kind": "N10", "content": "路灯不亮", "status": "已办结", "result": "solved", "closed_on": "2026-05-01"}
    (need,) = add(worker, "need", {**closed, "household": to_text(homes[0]), "registered_at": "2026-04-01"})
    add(worker, "need", {"kind": "N10", "content": "未办", "household": to_text(homes[0])})
    assert counted(worker, "paired_unit", unit) == {
        "走访 3 次": (("visit", visits[4]), ("visit", visits[2]), ("visit", visits[1])),
        "其中陪同 2 次": (("visit", visits[4]), ("visit", visits[1])),
        "解决诉求 1 件": (("need", need),),
    }
    assert list(counted(worker, "cadre", cadre)) == ["走访 1 次", "其中陪同 1 次", "解决诉求 1 件"]
    assert [one.second for one in affairs.lines(worker, ledger("cadre"))] == ["走访 1 次 · 陪同 1 次 · 解决 1 件"]


def test_who_came_is_told_by_age_on_the_page_and_by_building(worker, homes):
    born = ((homes[0], "钱招娣", "1950-01-01"), (homes[1], "吴为", "2000-01-01"))
    old, young = add(
        worker, "resident", *({"household": to_text(home), "name": name, "birth": day} for home, name, day in born)
    )
    (party,) = add(worker, "activity", {"name": "读书会", "held_at": "2026-10-02"})
    came = ({"resident": to_text(old)}, {"resident": to_text(young)}, {"age_group": "老年"}, {})
    add(worker, "participant", *({"activity": to_text(party), "name": f"人{at}", **one} for at, one in enumerate(came)))
    told = counted(worker, "activity", party)
    assert {words: len(some) for words, some in told.items()} == {"青年 1 人": 1, "老年 2 人": 2, "年龄不详 1 人": 1}
    found = participation.read(worker, participation.ATTENDED)
    shares = {
        one.label: [one.share(name) for name in participation.measures(participation.ATTENDED)] for one in found.groups
    }
    assert shares == {"金江西苑3栋": ["—", "—", "—", "1/1"], "金江西苑31栋": ["—", "1/1", "—", "—"]}
    assert found.unknown == 2


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("金江西苑3栋", ["金江西苑3栋"]),
        ("3号楼", ["金江西苑3栋", "阅山悦府3栋"]),
        ("jjxy 3栋", ["金江西苑3栋"]),
        ("金江西苑3-1-101", []),
        ("金江西苑", []),
        ("3", []),
        ("吴为", []),
    ],
)
def test_a_building_is_found_when_it_is_named_without_a_door(worker, homes, typed, found):
    hits = search.with_buildings(worker, typed)
    assert [one.title for one in hits if one.ledger == BUILDING] == found
    assert hits[len(found) :] == search.search(worker, typed)


def test_a_captain_not_reviewed_this_quarter_is_told(worker):
    (captain,) = add(worker, "captain", {"grid": to_text(worker.grid), "name": "秦淑芬", "estate": "金江西苑"})

    def told():
        return {one.label: one.text for one in affairs.read(worker, ledger("captain"), captain).facts}["本季度考评"]

    review = {"captain": to_text(captain), "quarter": "第三季度", "result": "优秀"}
    add(worker, "captain_review", {**review, "reviewed_on": "2026-09-30"})
    assert told() == "还没有"
    add(worker, "captain_review", {**review, "reviewed_on": "2026-10-08"})
    assert told() == "优秀"
