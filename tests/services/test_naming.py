"""Words for people follow the language of the window; what workbooks show does not."""

import pytest

from gridworker.domain import values
from gridworker.domain.ledgers import ledger
from gridworker.i18n import _, use_language
from gridworker.services import kinds, naming


@pytest.mark.parametrize(
    ("ledger_name", "name", "value", "source", "translated"),
    [
        ("resident", "relation", "女", "女儿", "Daughter"),
        ("resident", "gender", "女", "女", "Female"),
        ("household", "tags", "独居老人,低保", "独居老人、低保", "Living alone, Low income"),
        ("need", "confidential", True, "是", "Yes"),
        ("need", "content", "楼道灯坏了", "楼道灯坏了", "楼道灯坏了"),
        ("need", "status", None, "", ""),
    ],
)
def test_a_value_is_said_in_the_current_language(ledger_name, name, value, source, translated):
    field = ledger(ledger_name).by_name[name]
    assert naming.said(field, value) == source
    use_language("en")
    assert naming.said(field, value) == translated
    assert values.display(field, value) == source


def test_kinds_keep_their_code():
    use_language("en")
    assert kinds.label("N03").startswith("N03 ")
    assert kinds.label("N03").isascii()


def test_no_words_stay_no_words():
    use_language("en")
    assert _("") == ""
