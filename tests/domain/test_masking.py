"""What leaves in a masked file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.ledgers import ledger
from gridworker.domain.masking import Crowd, is_sensitive_row, mask_name, mask_phone, mask_text, mask_words, masked
from gridworker.domain.versions.entries import Masked

HOUSEHOLD = ledger("household").by_name


@pytest.mark.parametrize(("name", "shown"), [("张三", "张*"), ("欧阳志强", "欧阳*"), ("李桂芳", "李*")])
def test_names(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"), [("19900001234", "199****1234"), ("0564-7356789", "0564-****"), ("7356789", "****")]
)
def test_phones(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


@given(
    st.sampled_from(["19900001234", "0564-7356789", "999999190206180298", "199 0000 1234", "99999919020618029X"]),
    st.text("甲乙，。 ", max_size=9),
)
def test_no_number_of_a_person_stays_in_free_text(number: str, around: str) -> None:
    shown = mask_text(around + number + around)
    assert number not in shown
    assert not any(number[start : start + 5] in shown for start in range(len(number) - 4))


def test_days_and_amounts_stay() -> None:
    assert mask_text("2026-11-03住院，花了5312.60元，3-2-502") == "2026-11-03住院，花了5312.60元，3-2-502"


def test_names_of_the_household_go_from_free_text() -> None:
    assert mask_text("李桂芳说女儿李小花在外地", {"李桂芳", "李小花"}) == "李*说女儿李*在外地"


def test_classes() -> None:
    assert masked(HOUSEHOLD["estate"], "金江西苑") == "金江西苑"
    assert masked(HOUSEHOLD["room"], "502") == Masked("**")
    assert masked(HOUSEHOLD["care_level"], "red") == Masked("")
    assert masked(HOUSEHOLD["note"], "没有名字和号码") == "没有名字和号码"
    assert masked(HOUSEHOLD["head"], None) is None


def test_medical_needs_keep_their_texts_home() -> None:
    need = ledger("need")
    assert is_sensitive_row(need, {"kind": "N03"})
    assert masked(need.by_name["content"], "报销", sensitive=True) == Masked("***")
    assert masked(need.by_name["raised_by"], "李桂芳", sensitive=True) == Masked("李*")


@pytest.mark.parametrize(
    "written",
    [
        "１３９００００１１１１",
        "139.0000.1111",
        "1 3 9 0 0 0 0 1 1 1 1",
        "139 000 01111",
        "0564－7356789",
        "(139) 0000-1111",
    ],
)
def test_phones_in_any_grouping_go(written: str) -> None:
    shown = mask_text(f"打{written}找他")
    assert sum(sign.isdigit() for sign in shown) <= 3


def test_a_crowd_is_found_in_a_text_the_longest_name_first() -> None:
    crowd = Crowd(["王秀", "王秀英", "欧阳若兰", "本人", "李*"])
    assert mask_text("王秀英和王秀去欧阳若兰家，本人在家", (), crowd) == "王*和王*去欧阳*家，本人在家"
    assert mask_words("王秀英、王秀，19900001234，2026-11-25", crowd) == "王*、王秀，****，2026-11-25"
    topic = ledger("topic").by_name["title"]
    assert masked(topic, "欧阳若兰家漏水", crowd=crowd) == Masked("欧阳*家漏水")
    assert masked(HOUSEHOLD["estate"], "欧阳若兰", crowd=crowd) == "欧阳若兰"
