import pytest
import sqlcipher3
from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.text import terms
from gridworker.domain.text.pinyin import spellings, typed_forms

NAMES = st.one_of(
    st.builds(
        str.__add__,
        st.sampled_from(["王", "李", "单", "仇", "解", "吕", "欧阳", "万俟", "尉迟", "阿依古丽·"]),
        st.text("伟国庆丽娜长乐行重女一三栋", min_size=1, max_size=3),
    ),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=5),
    st.sampled_from(["Mary Brown", "买买提·依明", "𠮷田", "王\U0003134a", "李\ue123", "王\uf9e4"]),
)
PHONES = st.from_regex(r"1[3-9][0-9]{9}|0564-[2-8][0-9]{6}", fullmatch=True)
ID_NUMBERS = st.from_regex(r"999999190[0-5](0[1-9]|1[0-2])[0-2][1-9][0-9]{3}[0-9X]", fullmatch=True)
ESTATES = st.sampled_from(
    ["金江西苑", "阅山悦府", "学府春天二期", "大湾组", "3号院", "清河路12号小区", "A区", "东城·一号院", ""]
)
PARTS = st.one_of(st.just(""), st.integers(1, 40).map(str), st.sampled_from(["A", "B2"]))
ROOMS = st.one_of(st.integers(1, 3304).map(str), st.sampled_from(["A-502", "12-1", "12附1"]))


def finds(query: str, tokens) -> bool:
    """What the index does with a query: of each group, some term begins some token."""
    groups = terms.query_terms(query)
    return bool(groups) and all(any(token.startswith(term) for term in group for token in tokens) for group in groups)


def beginnings(text: str) -> list[str]:
    return [text[:end] for end in range(1, len(text) + 1) if text[:end].strip("·-# ")]


@given(NAMES, st.data())
def test_any_part_of_a_name_finds_it(name, data):
    inside_latin = {place for place in range(1, len(name)) if name[place - 1 : place + 1].isascii()}
    start = data.draw(st.sampled_from(sorted(set(range(len(name))) - inside_latin)))
    for part in beginnings(name[start:]):
        assert finds(part, terms.terms_for_name(name)), part


@given(NAMES)
def test_pinyin_and_initials_find_a_name_with_and_without_surname(name):
    tokens = terms.terms_for_name(name)
    for spelling in spellings(name):
        for said in (spelling, spelling[1:]):
            initials = "".join(syllable[0] for syllable in said)
            for typed in (*typed_forms(said), initials):
                for part in beginnings(typed):
                    assert finds(part, tokens), part
                    assert finds(part.upper(), tokens), part


@given(PHONES)
def test_a_phone_or_its_tail_finds_it(phone):
    tokens = terms.terms_for_phone(phone)
    for text in (phone, phone[-4:], phone.replace("-", "")):
        for part in beginnings(text):
            assert finds(part, tokens), part


def test_a_mobile_number_with_blanks_is_one_number():
    tokens = terms.terms_for_phone("13812345678")
    assert all(finds(query, tokens) for query in ("138 1234 5678", "138 1234 56", "138-1234-5678", "+86 13812345678"))
    assert not finds("138 1234 9", tokens)


def test_an_address_and_a_phone_tail_are_two_parts():
    tokens = terms.terms_for_address("", "13", "2", "502") | terms.terms_for_phone("13812345678")
    assert finds("13-2-502 5678", tokens)


@given(ID_NUMBERS)
def test_an_id_number_its_tails_and_its_day_of_birth_find_it(number):
    tokens = terms.terms_for_id(number)
    for text in (number, number[-6:], number[-4:], number[6:14], number[-4:].lower()):
        for part in beginnings(text):
            assert finds(part, tokens), part


@given(ESTATES, PARTS, PARTS, ROOMS)
def test_any_beginning_of_an_address_finds_it(estate, building, unit, room):
    tokens = terms.terms_for_address(estate, building, unit, room)
    for text in address_forms(estate, building, unit, room):
        for part in beginnings(text):
            assert finds(part, tokens), (part, tokens)


def address_forms(estate, building, unit, room):
    """Address texts that the window promises to understand."""
    dashed = [room]
    spelt = f"{room}室"
    if unit:
        dashed.append(f"{unit}-{room}")
        spelt = f"{unit}单元{spelt}"
    if building:
        dashed += ["-".join(part for part in (building, unit, room) if part), f"{building}-{room}"]
    if building and unit:
        dashed.append(f"{building}-{unit}")
    if building:
        yield from (f"{building}{word}{spelt}" for word in ("栋", "幢", "号楼", "#"))
        yield f"{building}栋{room}"
    yield from (spelt, *dashed)
    if not estate[-1:].isascii():
        yield from (estate + text for text in (spelt, *dashed))
        yield from (f"{estate} {text}" for text in dashed)
    if estate:
        yield estate


@given(st.from_regex(r"[A-Z]{2}[0-9]{2}-2026-[A-Z][0-9]{4}|QS-[0-9]{3}", fullmatch=True))
def test_any_part_of_a_need_number_finds_it(number):
    tokens = terms.terms_for_number(number)
    parts = number.split("-")
    for start in range(len(parts)):
        for part in beginnings("-".join(parts[start:])):
            assert finds(part, tokens), part
    sequence = number[-4:] if number[-4:].isdigit() else number[-3:]
    assert finds(sequence, tokens)
    assert finds(sequence.lstrip("0") or sequence, tokens)


def test_a_whole_word_is_not_taken_for_the_beginning_of_another():
    tokens = terms.terms_for_address("金江西苑", "31", "2", "502")
    assert not finds("3栋", tokens)
    assert not finds("502栋", tokens)
    assert not finds("50室", tokens)
    assert finds("31栋", tokens)
    assert finds("31", tokens)
    assert finds("三十一号楼", tokens)
    assert finds("三十一栋二单元", tokens)


def test_parts_of_a_query_must_all_be_met():
    tokens = terms.terms_for_name("王伟") | terms.terms_for_phone("13812345678")
    assert finds("王 5678", tokens)
    assert finds("王伟5678", tokens)
    assert finds("ww 138", tokens)
    assert not finds("王 5679", tokens)
    assert not finds("李 5678", tokens)


def test_estates_are_found_by_pinyin():
    tokens = terms.terms_for_address("金江西苑", "3", "2", "502")
    assert finds("jjxy 3-2", tokens)
    assert finds("jinjiang", tokens)


def test_umlauts_and_width():
    tokens = terms.terms_for_name("吕国庆")
    assert all(finds(query, tokens) for query in ("lvguo", "luguo", "lyuguo", "lügu", "ＬＶ", "吕国"))


@pytest.mark.parametrize("query", ["", "  ", '"', "*", "()", "^:-", "。、"])
def test_a_query_of_marks_asks_for_nothing(query):
    assert terms.query_terms(query) == []
    assert terms.match_expression(query) == ""


def test_the_expression_of_a_query():
    assert terms.match_expression('王"伟 3栋') == '("王"*) AND ("伟"*) AND ("ub3v"*)'


@pytest.fixture(scope="module")
def index():
    connection = sqlcipher3.connect(":memory:")
    connection.execute("create virtual table made using fts5(k, detail=none, tokenize='unicode61', prefix='1 2 3 4')")
    connection.execute("create virtual table kept using fts5vocab(made, row)")
    yield connection
    connection.close()


@given(NAMES, ESTATES, PARTS, ROOMS, st.text(max_size=20))
def test_every_term_is_one_token_of_the_index(index, name, estate, building, room, query):
    made = terms.terms_for_name(name) | terms.terms_for_address(estate, building, "1", room)
    index.execute("delete from made")
    index.execute("insert into made(k) values(?)", [" ".join(made)])
    assert {term for (term,) in index.execute("select term from kept")} == made
    for asked in (query, name, estate):
        if expression := terms.match_expression(asked):
            hits = index.execute("select count(*) from made where made match ?", [expression]).fetchone()[0]
            assert bool(hits) == finds(asked, made)
