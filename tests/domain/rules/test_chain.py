"""The chain of workbooks: newest, lost, changed and forked are functions of the set, whatever the order."""

from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.rules import chain
from gridworker.domain.rules.chain import REMEMBERED, Link, Received


def link(number: int, week: int, digest: str = "") -> Link:
    return Link(number, digest or f"sha{number}", f"2026-W{week:02d}", masked=False)


def received(number: int, week: int, past: tuple[Link, ...], digest: str = "", sender: str = "陈晓芸") -> Received:
    return Received(link(number, week, digest), past, sender, ("2026-11-20",))


def chain_of(*weeks: int, sender: str = "陈晓芸") -> list[Received]:
    """One laptop's workbooks, one per week given, in the order of leaving."""
    links = [link(number, week) for number, week in enumerate(weeks, 1)]
    return [received(one.export, int(one.week[-2:]), tuple(links[:place]), sender=sender)
            for place, one in enumerate(links)]  # fmt: skip


def test_the_newest_of_a_week_is_the_one_nobody_follows() -> None:
    first, second, third = chain_of(47, 47, 47)
    assert chain.newest([third, first, second], [first, second, third]) is third


def test_a_predecessor_that_never_came_is_lost_under_its_week() -> None:
    first, _lost, _gone, last = chain_of(45, 46, 47, 48)
    assert {week: [one.export for one in links] for week, links in chain.lost([last, first]).items()} == {
        "2026-W46": [2], "2026-W47": [3],
    }  # fmt: skip
    assert chain.lost([first]) == {}


def test_bytes_that_are_not_those_the_successor_names_are_changed() -> None:
    first, second = chain_of(47, 48)
    resaved = received(1, 47, (), digest="other")
    assert chain.is_changed(resaved, [resaved, second])
    assert not chain.is_changed(first, [first, second])
    assert not chain.is_changed(resaved, [resaved])
    assert chain.newest([resaved, first], [resaved, first, second]) is first


def test_two_that_name_one_predecessor_are_forked_also_when_the_fork_itself_never_came() -> None:
    first, second, third = chain_of(45, 46, 47)
    backup = received(9, 47, (first.link, link(8, 46)))
    assert chain.forked([first, second, third]) == set()
    assert chain.forked([third, backup]) == {2, 8}


def test_two_beginnings_of_one_sender_are_forked_of_two_workers_not() -> None:
    one = received(1, 47, ())
    assert chain.forked([one, received(2, 47, ())]) == {1, 2}
    assert chain.forked([one, received(2, 47, (), sender="何玉兰")]) == set()


def test_a_long_chain_forgets_its_beginning_without_a_fork() -> None:
    links = [link(number, 1 + number % 50) for number in range(1, REMEMBERED + 10)]
    books = [
        Received(one, tuple(links[max(0, place - REMEMBERED) : place]), "陈晓芸", ())
        for place, one in enumerate(links)
    ]  # fmt: skip
    assert chain.forked(books[:1] + books[-1:]) == set()
    assert chain.forked(books) == set()


@st.composite
def histories(draw: st.DrawFn) -> list[Received]:
    """Two laptops that part somewhere, weeks redone, files re-saved, any of them missing."""
    common = draw(st.integers(0, 3))
    numbers = iter(range(1, 30))
    past = [link(next(numbers), 40 + place) for place in range(common)]
    found = [received(one.export, int(one.week[-2:]), tuple(past[:place])) for place, one in enumerate(past)]
    for _laptop in range(draw(st.integers(1, 2))):
        own = list(past)
        for week in draw(st.lists(st.integers(40, 46), max_size=4)):
            one = link(next(numbers), week)
            digest = draw(st.sampled_from(["", "other"]))
            found.append(received(one.export, week, tuple(own), digest))
            own.append(one)
    return draw(st.lists(st.sampled_from(found), unique_by=id)) if found else []


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_plays_no_part(books: list[Received], dice: object) -> None:
    other = list(books)
    dice.shuffle(other)  # type: ignore[attr-defined]
    assert chain.lost(books) == chain.lost(other)
    assert chain.forked(books) == chain.forked(other)
    if books:
        assert chain.newest(books, books) == chain.newest(other, other)
    for one in books:
        assert chain.is_changed(one, books) == chain.is_changed(one, other)


@given(histories())
def test_what_came_is_never_lost_and_a_lone_laptop_never_forked(books: list[Received]) -> None:
    came = {one.link.export for one in books}
    assert not any(link.export in came for links in chain.lost(books).values() for link in links)
    longest = max(books, key=lambda one: len(one.past), default=None)
    line = [one for one in books if longest and one.link in longest.lineage]
    assert chain.forked(line) == set()
