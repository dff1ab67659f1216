"""办事指南: what is known is told, what is not known is not invented; own words lie over the shipped ones."""

import pytest

from gridworker import i18n
from gridworker.domain.codes import code_list
from gridworker.paths import json_resource
from gridworker.services import policy, setup_file

KINDS = code_list("need_kind").codes()


def test_a_card_tells_its_parts_in_order_and_leaves_out_what_is_not_known(worker):
    assert list(policy.card(worker, "N02").texts) == ["who", "papers", "where", "more"]
    assert policy.card(worker, "N04").texts == {}


def test_the_data_speaks_of_known_kinds_and_parts_only():
    data = {name: one for name, one in json_resource("policy", "policy.json").items() if isinstance(one, dict)}
    assert set(data) <= set(KINDS)
    assert {part for one in data.values() for part in one} <= set(policy.WORDS)
    assert all(text.endswith("。") and len(text) <= policy.LONGEST for one in data.values() for text in one.values())


def test_own_words_stand_until_the_original_is_restored(worker):
    shipped = policy.card(worker, "N01").texts
    policy.write(worker, "N01", shipped | {"where": "梅山镇便民大厅 3 号窗口", "more": ""})
    card = policy.card(worker, "N01")
    assert card.own == {"where", "more"}
    assert card.texts == {name: text for name, text in shipped.items() if name != "more"} | {
        "where": "梅山镇便民大厅 3 号窗口"
    }
    policy.restore(worker, "N01")
    assert policy.card(worker, "N01") == policy.Card("N01", shipped, frozenset())


def test_words_left_as_they_were_are_not_ones_own_in_either_language(worker):
    for language in ("zh_CN", "en"):
        i18n.use_language(language)
        try:
            policy.write(worker, "N03", policy.card(worker, "N03").texts)
        finally:
            i18n.use_language("zh_CN")
        assert policy.own_texts(worker) == {}


def test_the_townships_words_travel_in_the_setup_file_and_lie_under_the_workers(township, worker, tmp_path):
    policy.write(township, "N04", {"where": "镇社保所"})
    policy.write(township, "N05", {"where": "镇民政办"})
    setup_file.write(township, tmp_path / "开户.gwsetup")
    setup_file.apply(worker, setup_file.read(tmp_path / "开户.gwsetup"))
    assert policy.card(worker, "N04") == policy.Card("N04", {"where": "镇社保所"}, frozenset())
    policy.write(worker, "N04", {"where": "社区代办点"})
    assert policy.card(worker, "N04").texts["where"] == "社区代办点"
    policy.restore(worker, "N04")
    assert policy.card(worker, "N04").texts["where"] == "镇社保所"
    assert "脱贫不稳定户" in policy.card(worker, "N05").texts["who"]


@pytest.mark.parametrize("given", [None, [], {"N01": "文字"}, {"N01": {"where": 3, "他": "字"}}])
def test_a_setup_file_with_other_things_in_that_place_brings_nothing(worker, given):
    policy.take_setup(worker, given)
    assert policy.card(worker, "N01").texts["where"].startswith("社区初审")


def test_whether_it_is_open_is_remembered(worker):
    assert not policy.is_open(worker)
    policy.set_open(worker, True)
    assert policy.is_open(worker)
