import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker import paths
from gridworker.domain.text.pinyin import MOST, readings, spellings, typed_forms

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=6)


def test_the_shipped_table_is_the_generated_one():
    pytest.importorskip("pypinyin")
    tool = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "make_pinyin.py"))
    assert paths.resource("pinyin.json").read_text(encoding="utf-8") == tool["text"]()


def test_no_syllable_begins_with_a_letter_that_marks_a_kind_of_term():
    assert not [syllable for syllable in paths.json_resource("pinyin.json") if syllable[0] in "iuv"]


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("单国庆", "shan guo qing"),
        ("曾伟", "zeng wei"),
        ("仇杰", "qiu jie"),
        ("解良田", "xie liang tian"),
        ("区小红", "ou xiao hong"),
        ("查先林", "zha xian lin"),
        ("朴英", "piao ying"),
        ("翟明", "zhai ming"),
        ("覃华", "qin hua"),
        ("乐平", "yue ping"),
        ("万俟明", "mo qi ming"),
        ("尉迟恭", "yu chi gong"),
        ("长孙无忌", "zhang sun wu ji"),
        ("澹台明", "tan tai ming"),
        ("欧阳修", "ou yang xiu"),
        ("任长霞", "ren zhang xia"),
    ],
)
def test_names_are_read_by_their_surname_first(name, spelt):
    assert spellings(name)[0] == tuple(spelt.split())


@pytest.mark.parametrize(
    ("name", "spelt"), [("单国庆", "dan guo qing"), ("覃华", "tan hua"), ("任长霞", "ren chang xia")]
)
def test_other_readings_stay_valid(name, spelt):
    assert tuple(spelt.split()) in spellings(name)


def test_a_surname_inside_a_name_is_read_as_usual():
    assert spellings("王单")[0] == ("wang", "dan")


def test_what_is_not_han_is_not_read():
    assert readings("A") == ()
    assert spellings("") == spellings("Mary 3") == ()
    assert spellings("3组") == (("zu",),)


def test_the_umlaut_is_typed_in_three_ways():
    assert typed_forms(("lv", "bu")) == ("lvbu", "lubu", "lyubu")
    assert typed_forms(("li", "bu")) == ("libu",)


def test_rare_characters_of_place_names_have_a_reading():
    assert len(spellings("流波䃥镇")[0]) == 4


@given(HAN)
def test_there_are_at_most_eight_spellings_all_made_of_readings(text):
    found = spellings(text)
    assert len(set(found)) == len(found) <= MOST
    assert all(len(one) == sum(bool(readings(character)) for character in text) for one in found)
