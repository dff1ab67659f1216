"""Issues and their sentences."""

import pytest

from gridworker.domain.text.parsed import ISSUES, Parsed, message_for


@pytest.mark.parametrize("issue", sorted(ISSUES))
def test_every_issue_says_what_to_do(issue):
    what, _semicolon, remedy = message_for(issue).partition("；")
    assert what
    assert remedy


def test_issues_differ_in_words():
    assert len({message_for(issue) for issue in ISSUES}) == len(ISSUES)


def test_a_parsed_value_has_no_issue_unless_told():
    assert Parsed(3) == Parsed(3, None)
