"""Drafts come back as they were kept, stay on this laptop, and go when they are dropped."""

from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.codes import code_list
from gridworker.services import drafts, dump, kinds


def test_kept_found_dropped(worker):
    drafts.keep(worker, "visit/1", {"visit": {"content": "半句"}, "needs": []})
    body, at = drafts.find(worker, "visit/1")
    assert body["visit"]["content"] == "半句"
    assert at.startswith("2026-11-25")
    assert drafts.names(worker, "visit/") == ["visit/1"]
    drafts.drop(worker, "visit/1")
    assert drafts.find(worker, "visit/1") is None


def test_drafts_never_travel(worker):
    before = list(dump.dump(worker))
    drafts.keep(worker, "visit/1", {"visit": {}, "needs": []})
    assert list(dump.dump(worker)) == before


def test_kinds_are_found_as_people_type_them():
    for typed, code in (
        ("N03", "N03"), ("03", "N03"), ("医疗", "N03"), ("看病", "N03"), ("ylbx", "N03"), ("yiliao", "N03"),
        ("sd", "N12"), ("电瓶车", "N10"),
    ):  # fmt: skip
        assert kinds.matching(typed)[0] == code, typed
    assert kinds.matching("没有这样的") == []
    assert kinds.matching("") == list(kinds.USUAL)


@given(st.text(max_size=12))
def test_whatever_is_typed_gives_known_kinds_each_once(typed):
    found = kinds.matching(typed)
    assert set(found) <= set(code_list(kinds.NAME).codes())
    assert len(found) == len(set(found)) <= 6
