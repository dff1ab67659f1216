"""办事指南: what is known is shown under its headings, what is not known is not invented."""

import pytest

from gridworker.domain.codes import code_list
from gridworker.paths import json_resource
from gridworker.services import policy
from gridworker.services.help_texts import Part


@pytest.mark.parametrize("kind", code_list("need_kind").codes())
def test_every_card_has_its_title_and_ends_with_the_local_notice(kind):
    card = policy.card(kind)
    assert card[0].text.startswith(kind)
    assert card[-1] == Part("text", "以当地公告为准")


def test_a_card_tells_its_sections_in_order_and_leaves_out_what_is_not_known():
    headings = [part.text for part in policy.card("N02") if part.kind == "heading"]
    assert headings == ["谁能办", "材料", "到哪办"]


def test_a_kind_without_content_says_so():
    assert [part.text for part in policy.card("N12")][1:] == ["暂无资料。", "以当地公告为准"]


def test_no_field_of_the_data_goes_unshown():
    data = json_resource("policy", "policy.json")
    assert {name for one in data.values() if isinstance(one, dict) for name in one} <= set(policy.sections())
