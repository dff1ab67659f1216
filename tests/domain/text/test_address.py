"""Addresses of households."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.text.address import (
    Address,
    address_key,
    clean_building,
    clean_estate,
    clean_room,
    clean_unit,
    format_address,
    parse_address,
    walk_key,
)

CLEANERS = (clean_building, clean_unit, clean_room, clean_estate)
NUMBER = st.integers(1, 40).map(str)
FLAT = st.builds(
    Address,
    st.sampled_from(["金江西苑", "阅山悦府", "学府春天二期", "18号公馆", "绿地21城", "A区", "城南新村"]),
    st.one_of(NUMBER, st.sampled_from(["A", "B1", "东", "12A"])),
    st.one_of(st.just(""), NUMBER, st.sampled_from(["A", "东"])),
    st.one_of(st.just(""), st.integers(1, 3302).map(str), st.sampled_from(["502A", "5楼东", "东", "1-1"])),
).filter(lambda flat: flat.unit or flat.room != "1-1")  # 3栋1-1 says unit 1, room 1
HOUSE = st.builds(
    Address,
    st.sampled_from(["大湾组", "大湾村3组", "西庄村", "中心街", "二号院"]),
    room=st.one_of(NUMBER, st.sampled_from(["12-1", "12附1", "附2"])),
)
MESS = st.text(st.sampled_from("0123456789一二十〇第A＃#栋幢号楼单元室户-附 东金寨县江店社区组村（）"), max_size=14)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("金江西苑3栋2单元502", "金江西苑 3 2 502"),
        ("青山花园1号楼1单元101室", "青山花园 1 1 101"),
        ("青山花园2号楼2单元201", "青山花园 2 2 201"),
        ("青山花园4-2-401", "青山花园 4 2 401"),
        ("学府春天二期三栋二单元五〇二", "学府春天二期 3 2 502"),
        ("绿地21城3栋1单元2", "绿地21城 3 1 2"),
        ("18号公馆5栋1单元301", "18号公馆 5 1 301"),
        ("金 江西苑 ３＃ 2单元 502", "金江西苑 3 2 502"),
        ("金江西苑3栋2-502", "金江西苑 3 2 502"),
        ("金江西苑3栋2单元5楼502", "金江西苑 3 2 502"),
        ("金江西苑3栋2单元5楼东户", "金江西苑 3 2 5楼东"),
        ("金江西苑1号2单元301", "金江西苑 1 2 301"),
        ("安徽省六安市金寨县梅山镇江店社区金江西苑3栋2单元502室", "金江西苑 3 2 502"),
        ("城南新村3-502", "城南新村 3 _ 502"),
        ("金江西苑A座1203", "金江西苑 A _ 1203"),
        ("金江西苑2楼201", "金江西苑 _ _ 201"),
        ("1幢2单元301室", "_ 1 2 301"),
        ("3-2-502", "_ 3 2 502"),
        ("3#-2-502", "_ 3 2 502"),
        ("3# 2单元 502", "_ 3 2 502"),
        ("3栋502", "_ 3 _ 502"),
        ("一号楼", "_ 1 _ _"),
        ("2单元301", "_ _ 2 301"),
        ("502", "_ _ _ 502"),
        ("大湾组12号", "大湾组 _ _ 12"),
        ("大湾组12-1", "大湾组 _ _ 12-1"),
        ("大湾组12号附1号", "大湾组 _ _ 12附1"),
        ("大湾村3组12号", "大湾村3组 _ _ 12"),
        ("红石村一组", "红石村一组 _ _ _"),
        ("金江西苑", "金江西苑 _ _ _"),
        ("城东", "城东 _ _ _"),
        ("金江西苑3栋东", "金江西苑 3 _ 东"),
        ("供销社大院3-2号", "供销社大院 _ _ 3-2"),
        ("无", "_ _ _ _"),
        ("金江西苑3栋2单元502找张三", "金江西苑3栋2单元502找张三 _ _ _"),
        ("长" * 101 + "3栋", "长" * 101 + "3栋 _ _ _"),
    ],
)
def test_an_address_in_one_cell(text, parts):
    assert parse_address(text) == Address(*(part.strip("_") for part in parts.split()))


@given(st.one_of(FLAT, HOUSE))
def test_shown_addresses_read_as_themselves(address):
    assert parse_address(format_address(address)) == address


@given(MESS)
def test_cleaning_twice_is_cleaning_once(text):
    for clean in CLEANERS:
        assert clean(clean(text)) == clean(text)


@given(MESS)
def test_a_parsed_address_is_clean(text):
    address = parse_address(text)
    assert [clean_building(address.building), clean_unit(address.unit)] == [address.building, address.unit]
    assert clean_room(address.room) == address.room


@pytest.mark.parametrize(
    "raw",
    ["1", 1, 1.0, "01", "1栋", "1幢", "1#", "1号楼", "一号楼", "第1栋", "１＃", "1 栋", "1号", "1#楼", "一栋", "1座"],
)
def test_one_building_by_many_names(raw):
    assert clean_building(raw) == "1"


@pytest.mark.parametrize(
    ("clean", "raw", "value"),
    [
        (clean_building, "综合楼", "综合楼"),
        (clean_building, "a座", "A"),
        (clean_building, "东楼", "东"),
        (clean_building, "十二幢", "12"),
        (clean_building, "无", ""),
        (clean_building, None, ""),
        (clean_unit, "2单元", "2"),
        (clean_unit, "二单元", "2"),
        (clean_unit, 2.0, "2"),
        (clean_unit, "东单元", "东"),
        (clean_room, "502室", "502"),
        (clean_room, "洪畈8号", "洪畈8"),
        (clean_room, "洪畈108号", "洪畈108"),
        (clean_room, 102.0, "102"),
        (clean_room, "1号", "1"),
        (clean_room, "0502", "502"),
        (clean_room, "A-101", "A-101"),
        (clean_room, "东户", "东"),
        (clean_room, "12号附1号", "12附1"),
        (clean_room, "门面房", "门面房"),
        (clean_room, "0", "0"),
        (clean_estate, "金寨县梅山镇江店社区金江 西苑", "金江西苑"),
        (clean_estate, "江店社区", "江店社区"),
    ],
)
def test_parts_in_their_own_cells(clean, raw, value):
    assert clean(raw) == value


def test_equal_addresses_have_equal_keys():
    keys = {
        address_key("JX03", parse_address(text))
        for text in ("金江西苑3栋2单元502", "金江西苑 3幢 2单元 502室", "金江西苑3-2-502", "金江西苑三号楼二单元0502")
    }
    assert keys == {"JX03|金江西苑|3|2|502"}
    assert address_key("JX03", Address("学府春天（二期）", "3栋", "", "502室")) == "JX03|学府春天2期|3||502"
    assert address_key("JX03", Address("大湾组", room="12号")) == "JX03|大湾组|||12"


@pytest.mark.parametrize(
    ("grid", "address"),
    [
        ("", Address("金江西苑", "3", "2", "502")),
        ("JX03", Address("金江西苑", "3", "2")),
        ("JX03", Address("", "3", "2", "502")),
    ],
)
def test_incomplete_addresses_have_no_key(grid, address):
    assert address_key(grid, address) == ""


def test_other_doors_have_other_keys():
    texts = [
        "金江西苑3栋2单元502",
        "金江西苑3栋502",
        "金江西苑2栋3单元502",
        "金江西苑3栋2单元501",
        "大湾组12号",
        "大湾组12-1号",
    ]
    assert len({address_key("JX03", parse_address(text)) for text in texts}) == len(texts)


def test_short_and_long_forms():
    flat, house = Address("金江西苑", "3", "2", "502"), Address("大湾组", room="12")
    assert (str(flat), format_address(flat, short=True)) == ("金江西苑3栋2单元502", "3-2-502")
    assert (str(house), format_address(house, short=True)) == ("大湾组12号", "12号")
    assert format_address(Address("金江西苑", "3", "", "502"), short=True) == "3-502"
    assert format_address(Address("金江西苑")) == "金江西苑"


def test_a_walk_goes_by_numbers():
    walk = [
        "大湾组2号",
        "大湾组12号",
        "金江西苑2栋1单元1502",
        "金江西苑10栋1单元201",
        "金江西苑10栋2单元101",
        "金江西苑A栋101",
    ]
    assert sorted(set(walk), key=lambda text: walk_key(parse_address(text))) == walk
