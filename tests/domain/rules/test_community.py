"""Rules of the community's ledgers."""

from gridworker.domain.rules import community


def test_votes_add_up_to_who_was_present() -> None:
    votes = {"in_favour": 20, "against": 3, "abstained": 2}
    assert community.unbalanced_votes(votes, 25) == ""
    assert "差2" in community.unbalanced_votes(votes, 27)
    assert community.unbalanced_votes({}, 27) == ""
    assert community.unbalanced_votes(votes, None) == ""


def test_nobody_is_present_who_was_not_invited() -> None:
    assert community.present_of_invited({"invited": 30, "present": 31}).keys() == {"present"}
    assert community.present_of_invited({"invited": 30, "present": 30}) == {}
    assert community.present_of_invited({"invited": -1}).keys() == {"invited"}


def test_a_period_ends_no_earlier_than_it_begins() -> None:
    assert community.ends_after_start({"a": "2026-11-02", "b": "2026-11-01"}, "a", "b").keys() == {"b"}
    assert community.ends_after_start({"a": "2026-11-02", "b": "2026-11-02"}, "a", "b") == {}
