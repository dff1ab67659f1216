"""At which level a need stands: what was passed on, what was given back, what the need says of the township."""

import pytest

from gridworker.domain.rules.escalation import BACK, Passed, Standing, Word, above, standing

TO_VILLAGE = Passed("网格", "社区", "2026-11-20")
TO_TOWN = Passed("社区", "乡镇", "2026-11-22")
TO_COUNTY = Passed("乡镇", "县", "2026-11-24")
COUNTY_BACK = Passed("乡镇", "县", "2026-11-24", BACK, "2026-11-25")
REACHED, RETURNED = Word(reached=True), Word(reached=True, returned=True)


@pytest.mark.parametrize(
    ("passed", "word", "expected"),
    [
        ((), Word(), Standing("网格")),
        ((), REACHED, Standing("乡镇")),
        ((), RETURNED, Standing("网格")),
        ((TO_VILLAGE,), Word(), Standing("社区", "2026-11-20")),
        ((TO_VILLAGE,), REACHED, Standing("乡镇")),
        ((TO_VILLAGE, TO_TOWN), REACHED, Standing("乡镇", "2026-11-22")),
        ((TO_VILLAGE, TO_TOWN), RETURNED, Standing("社区", "2026-11-20")),
        ((TO_VILLAGE, TO_TOWN, TO_COUNTY), RETURNED, Standing("县", "2026-11-24")),
        ((TO_VILLAGE, TO_TOWN, COUNTY_BACK), REACHED, Standing("乡镇", "2026-11-25")),
        ((TO_VILLAGE, TO_TOWN, COUNTY_BACK), RETURNED, Standing("社区", "2026-11-20")),
    ],
)
def test_a_need_stands_where_it_was_passed_to_last(passed, word, expected):
    assert standing(passed, word) == expected


def test_a_worker_reports_to_community_and_township_the_township_to_the_county():
    assert above("网格", "worker") == ("社区", "乡镇")
    assert above("社区", "worker") == ("乡镇",)
    assert above("乡镇", "worker") == ()
    assert (above("网格", "township"), above("县", "township")) == (("县",), ())
