import pytest

from gridworker.domain.text import closeness, terms

GRADES = [
    ("陈", "陈春兰", closeness.WHOLE),
    ("chen", "陈春兰", closeness.WHOLE),
    ("ccl", "陈春兰", closeness.WHOLE),
    ("ouyang", "欧阳春", closeness.WHOLE),
    ("lu", "吕国庆", closeness.WHOLE),
    ("che", "陈春兰", closeness.BEGINS),
    ("ou", "欧阳春", closeness.BEGINS),
    ("chunlan", "陈春兰", closeness.PART),
    ("dan", "单雅", closeness.PART),
    ("chen", "邹成柏", closeness.ELSEWHERE),
    ("JX03-2026-A0012", "JX03-2026-A0012", closeness.WHOLE),
    ("2026-A0012", "JX03-2026-A0012", closeness.PART),
]


@pytest.mark.parametrize(("query", "name", "grade"), GRADES)
def test_of_a_name(query, name, grade):
    assert closeness.closeness(terms.query_terms(query), name) == grade


@pytest.mark.parametrize(
    ("query", "grade"),
    [
        ("3", closeness.WHOLE),
        ("3-502", closeness.WHOLE),
        ("502", closeness.WHOLE),
        ("2", closeness.BEGINS),
        ("50", closeness.PART),
        ("5029", closeness.ELSEWHERE),
        ("3 5029", closeness.WHOLE + closeness.ELSEWHERE),
    ],
)
def test_of_a_door(query, grade):
    assert closeness.closeness(terms.query_terms(query), "", ("金江西苑", "3", "2", "502")) == grade
