"""Pictures give the same files wherever they are made, and only people who cannot exist."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from tests.tools import make_sheets, score_sheets
from tests.tools.sheets import books, people, picture

PICTURES = sorted(make_sheets.PICTURES.glob("*/*.txt"))


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_a_picture_gives_what_lies_in_the_data(path: Path, tmp_path: Path) -> None:
    folder = make_sheets.target_of(path.parent.name)
    for book in picture.books(path):
        told = make_sheets.expected(path.parent.name, book)
        assert (folder / f"{Path(book.name).stem}.expected.json").read_text(encoding="utf-8") == told
        if made := books.write(book, tmp_path, None):
            assert made.read_bytes() == (folder / book.name).read_bytes(), book.name


@given(st.text(max_size=8), st.booleans(), st.booleans())
def test_an_invented_number_is_valid_and_nobodys(seed: str, child: bool, ends_in_x: bool) -> None:
    number = people.id_number(seed, child, ends_in_x)
    assert ric.calc_check_digit(number) == number[-1]
    assert number.startswith("999999") if child else 1900 <= int(number[6:10]) <= 1905
    assert number[-1] == "X" or not ends_in_x


def test_a_wrong_value_without_a_question_is_silent(tmp_path: Path) -> None:
    drawn = tmp_path / "one.txt"
    drawn.write_text(
        "== A.csv\n-- 一\nh: 姓名 ⇒ resident.name | 性别 ⇒ resident.gender | 联系电话 ⇒ resident.phone\n"
        "r: 燕小乙 | 男 | 138 ⇒ null ‼invalid\nr: 燕小丙 | 女 ⇒ 男 | {tel1}\n",
        encoding="utf-8",
    )
    [book] = picture.books(drawn)
    made = books.write(book, tmp_path, None)
    assert made
    (tmp_path / "A.expected.json").write_text(make_sheets.expected("", book), encoding="utf-8")
    counts = score_sheets.score(made).counts
    assert (counts["right"], counts["silent"], counts["column right"]) == (5, 1, 3)


def test_a_file_of_which_nothing_is_understood_is_asked_about(tmp_path: Path) -> None:
    drawn = tmp_path / "one.txt"
    drawn.write_text(
        "== A.csv\n-- 一\nh: 啥 ⇒ resident.name | 咋样 ⇒ visit.content\nr: 燕小乙 | 都好\n", encoding="utf-8"
    )
    [book] = picture.books(drawn)
    made = books.write(book, tmp_path, None)
    assert made
    (tmp_path / "A.expected.json").write_text(make_sheets.expected("", book), encoding="utf-8")
    counts = score_sheets.score(made).counts
    assert (counts["asked"], counts["dropped"], counts["silent"]) == (2, 0, 0)


@pytest.mark.parametrize(
    ("folder", "right", "silent"),
    [
        ("more", 0.94, 0),
        ("fresh", 0.96, 0),
        ("third", 0.97, 0),
        ("fourth", 0.96, 0),
        ("fifth", 0.96, 0),
        ("sixth", 0.94, 0),
        ("seventh", 0.94, 0),
        ("eighth", 0.93, 0),
        ("ninth", 0.88, 0),
        ("tenth", 0.99, 0),
        ("eleventh", 0.99, 0),
        ("twelfth", 0.97, 0),
        ("thirteenth", 0.98, 0),
        ("fourteenth", 0.95, 0),
        ("fifteenth", 0.99, 0),
        ("sixteenth", 0.96, 0),
        ("seventeenth", 0.95, 0),
        ("eighteenth", 0.98, 0),
        ("nineteenth", 0.98, 0),
        ("twentieth", 0.97, 0),
        ("twentyfirst", 0.94, 0),
        ("twentysecond", 0.98, 0),
        ("twentythird", 0.95, 0),
        ("twentyfourth", 0.98, 0),
        ("twentyfifth", 0.98, 0),
        ("twentysixth", 0.86, 0),
        ("twentyseventh", 0.99, 0),
    ],
)
def test_sheets_in_other_styles_are_read_as_well_as_they_were(folder: str, right: float, silent: int) -> None:
    counts: Counter[str] = Counter()
    for told in sorted((score_sheets.DATA / folder).glob("*.expected.json")):
        stem = told.name.removesuffix(".expected.json")
        (path,) = (one for one in told.parent.iterdir() if one.stem == stem and one != told)
        counts.update(score_sheets.score(path).counts)
    every = sum(counts[kind] for kind in ("right", "silent", "asked", "dropped"))
    assert counts["right"] >= right * every
    assert counts["silent"] <= silent
    assert counts["dropped"] == 0
