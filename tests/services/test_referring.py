"""转办 and 调解: who offers what, a need handed on and answered, a dispute from its parties to its call-back."""

from datetime import timedelta

import pytest

from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.services import (
    affairs,
    deciding,
    due,
    mediating,
    need_page,
    need_papers,
    needs_list,
    offering,
    records,
    referring,
    today_page,
    undoing,
    visiting,
)
from gridworker.services.visiting import NeedGiven
from gridworker.services.workspace import Workspace
from gridworker.store import derive


def add(workspace: Workspace, of: str, /, **told: object) -> Id:
    saved = records.add(workspace, ledger(of), [told])
    assert not saved.problems, saved.problems
    return saved.ids[0]


def hear(workspace: Workspace, kind: str, content: str) -> Id:
    given = {"kind": kind, "content": content, "source": "来电", "raised_by": "欧阳若兰", "phone": "19900004321"}
    return visiting.register(workspace, NeedGiven(given)).written.ids[0]


@pytest.fixture
def helpers(worker: Workspace) -> dict[str, Id]:
    unit = add(worker, "paired_unit", name="县司法局", services=["法律援助", "政策解读"], estate="金江西苑")
    return {
        "unit": unit,
        "cadre": add(worker, "cadre", paired_unit=to_text(unit), name="诸葛守诚", services=["矛盾调解"]),
        "school": add(worker, "organisation", name="梅山职校", kind="民办非企业", services=["就业培训"]),
        "gone": add(worker, "organisation", name="老乡合作社", kind="其他", state="名存实亡", services=["就业培训"]),
        "library": add(worker, "facility", name="图书室", kind="图书室", open_at="周三下午"),
        "talk": add(worker, "resource", name="周三法律援助咨询", kind="服务", paired_unit=to_text(unit)),
    }


def test_who_offers_a_service_is_found_and_those_gone_are_not(worker: Workspace, helpers: dict[str, Id]) -> None:
    found = offering.offers(worker, "就业培训")
    assert [(one.name, one.fits) for one in found][:1] == [("梅山职校", True)]
    assert "老乡合作社" not in {one.name for one in found}
    assert [one.name for one in offering.offers(worker, "法律援助") if one.fits] == ["县司法局"]
    assert [one.name for one in offering.offers(worker, typed="矛盾 司法局")] == ["诸葛守诚"]
    records.change(worker, ledger("paired_unit"), helpers["unit"], {"until_on": "2026-01-01"})
    assert "县司法局" not in {one.name for one in offering.offers(worker)}


def test_a_need_handed_on_is_waited_for_until_it_is_answered(worker: Workspace, helpers: dict[str, Id]) -> None:
    need = hear(worker, "N17", "想问房屋租赁合同怎么解除")
    assert referring.proposed(worker, need)["services"] == "法律援助"
    given = {"to": f"paired_unit/{to_text(helpers['unit'])}", "services": "法律援助", "due_on": "2026-11-27"}
    done = referring.refer(worker, need, given)
    page = need_page.read(worker, need)
    assert (page.status, [one.receiver for one in page.around.referrals]) == ("办理中", ["县司法局"])
    later = Workspace(worker.store, worker.today + timedelta(days=5))
    late = due.plan(later).referrals
    assert [(one.receiver, one.late) for one in late] == [("县司法局", True)]
    assert today_page.read(later).plan.referrals == late
    wish = needs_list.Wish(needs_list.ANSWER_LATE)
    assert (needs_list.ids(worker, wish), needs_list.ids(later, wish)) == ([], [need])
    assert due.plan(later).as_json()["referrals"] == [
        {"id": to_text(late[0].id), "need": to_text(need), "due_on": "2026-11-27", "days_overdue": 3}
    ]
    with pytest.raises(UserError, match="结果"):
        referring.answer(later, late[0].id, {"answer": "已约时间"})
    referring.answer(later, late[0].id, {"outcome": "办理中", "answer": "已约时间"})
    assert due.plan(later).referrals
    referring.answer(later, late[0].id, {"outcome": "已解决", "answer": "当面讲清了"})
    assert not due.plan(later).referrals
    assert not needs_list.ids(later, wish)
    undoing.undo(worker, done)
    assert (need_page.read(worker, need).around.referrals, need_page.read(worker, need).status) == ((), "已登记")


def test_nobody_to_hand_it_to_is_said_at_its_field(worker: Workspace) -> None:
    need = hear(worker, "N12", "楼道灯不亮")
    with pytest.raises(UserError) as refused:
        referring.refer(worker, need, {"due_on": "2026-11-27"})
    assert refused.value.field == "receiver"
    with pytest.raises(UserError) as refused:
        referring.refer(worker, need, {"receiver": "供电所", "due_on": "2026-11-01"})
    assert refused.value.field == "due_on"


def test_a_slip_for_a_referral_names_its_receiver_limit_and_answer(worker: Workspace, helpers: dict[str, Id]) -> None:
    need = hear(worker, "N14", "楼上漏水多次")
    to = f"cadre/{to_text(helpers['cadre'])}"
    referring.refer(worker, need, {"to": to, "due_on": "2026-11-30", "asked": "请上门"})
    one = need_page.read(worker, need).around.referrals[0]
    referring.answer(worker, one.id, {"outcome": "已解决", "answer": "两家说好了"})
    text = need_papers.referral_slip(worker, need, one.id).text()
    assert all(word in text for word in ("县司法局", "2026-11-30", "请上门", "两家说好了", "楼上漏水多次"))


def test_what_hangs_on_a_merged_need_is_seen_from_the_one_that_goes_on(worker: Workspace) -> None:
    first, second = hear(worker, "N14", "楼上漏水"), hear(worker, "N14", "漏水到楼下")
    referring.refer(worker, first, {"receiver": "物业", "due_on": "2026-11-26"})
    add(worker, "party", need=to_text(first), side="甲方", name="欧阳若兰")
    add(worker, "project", name="防水维修", need=to_text(first))
    need_page.change(worker, first, {"status": "已合并", "merged_into": to_text(second)})
    around = need_page.read(worker, second).around
    assert ([one.receiver for one in around.referrals], around.is_dispute) == (["物业"], True)
    assert {one.ledger for one in around.others} == {"party", "project"}
    assert [one.name for one in mediating.read(worker, second).parties] == ["欧阳若兰"]
    later = Workspace(worker.store, worker.today + timedelta(days=2))
    assert [one.need for one in due.plan(later).referrals] == [second]


def test_a_dispute_goes_from_its_parties_to_the_call_back(worker: Workspace) -> None:
    need = hear(worker, "N14", "楼上夜里拖桌椅")
    records.change(worker, ledger("need"), need, {"dispute_type": "邻里", "scale": "个体性"})
    assert ("国标纠纷类型", "邻里") in need_page.read(worker, need).facts
    for side, name in (("乙方", "司徒明远"), ("甲方", "欧阳若兰")):
        add(worker, "party", need=to_text(need), side=side, name=name, phone="19900001234")
    assert mediating.disputes(worker)[0].sides == "欧阳若兰 与 司徒明远"
    session = {"need": to_text(need), "content": "当面说开"}
    add(worker, "mediation", held_at="2026-11-20T19:00", outcome="择期再调", **session)
    assert mediating.read(worker, need).place == 1
    agreed = add(worker, "mediation", held_at="2026-11-23T19:00", outcome="达成协议", due_on="2026-11-24", **session)
    page = mediating.read(worker, need)
    assert ([one.owed for one in page.sessions], page.path[page.place]) == ([True, False], "达成协议")
    assert [(one.id, of) for of, one in mediating.owed(worker, worker.today)] == [(agreed, need)]
    assert due.plan(worker).agreements == mediating.owed(worker, worker.today)
    mediating.call_back(worker, agreed)
    assert (mediating.read(worker, need).place, mediating.owed(worker, worker.today)) == (3, [])
    parties = mediating.read(worker, need).parties
    assert ([one.side for one in parties], "*" in parties[0].phone) == (["甲方", "乙方"], True)


def test_joining_and_parting_households_keeps_what_refers_to_either(worker: Workspace) -> None:
    home = {"estate": "金江西苑", "building": "3", "unit": "2"}
    one, other = (add(worker, "household", **home, room=room, head="欧阳若兰") for room in ("502", "503"))
    campaign = to_text(add(worker, "campaign", name="电动车上牌", target="住户"))
    entry = add(worker, "campaign_entry", campaign=campaign, household=to_text(other), state="已做")
    person = add(worker, "participant", name="欧阳若兰", household=to_text(one))
    of = ledger("household")
    deciding.join(worker, of, one, other)
    hung = (("campaign_entry", entry), ("participant", person))
    together = {worker.row(name, id).plain("household") for name, id in hung}
    assert together == {derive.name_of(worker.connection, one)}
    hanging = {line.id for _name, lines in affairs.hanging(worker, "household", [*together]) for line in lines}
    assert hanging == {entry, person}
    deciding.part(worker, of, one, other)
    assert worker.row("campaign_entry", entry).plain("household") == other
    assert worker.row("participant", person).plain("household") == one
