"""Taking imports back: what it would do is told before, is done whole, and can be turned round."""

import pytest

from gridworker.domain.ledgers import ledger
from gridworker.services import arrivals, dump, imports, intake
from gridworker.store import queries
from gridworker.store.door import Change
from tests.services.township_books import LAST_WEEK, THIS_WEEK, book, filled


class StopError(Exception):
    """Somebody pressed Esc."""


@pytest.fixture
def books(open_copy, tmp_path):
    worker = filled(open_copy)
    first = book(worker, tmp_path, LAST_WEEK)
    need = queries.every(worker.connection, "need")[0]
    worker.write("set", Change(ledger("need"), {"unit": "镇建设所"}, need.id))
    return [first, book(worker, tmp_path, THIS_WEEK)]


def facts(workspace):
    return list(dump.dump(workspace, versions=True))


def test_the_forecast_is_what_happens_and_changes_nothing(township, books):
    group = intake.take(township, books).group
    need = queries.every(township.connection, "need")[0]
    township.write("set", Change(ledger("need"), {"unit": "县住建局"}, need.id))
    before = facts(township)
    told = imports.forecast(township, group)
    assert facts(township) == before
    assert [(one.ledger, one.id) for one in told.later] == [("need", need.id)]
    assert "承办单位" in told.later[0].labels
    assert str(need.plain("number")) in told.later[0].title
    done = imports.undo(township, group)
    assert (done.withdrawn, done.kept) == (told.withdrawn, told.kept)
    assert township.row("need", need.id).plain("unit") == "县住建局"


def test_edits_of_the_same_group_are_no_later_edits(township, books):
    group = intake.take(township, books).group
    assert imports.forecast(township, group).later == ()


def test_one_file_of_two_keeps_what_the_other_brought_too(township, books):
    group = intake.take(township, books)
    told = imports.forecast(township, group.files[0].batch)
    assert told.kept > 0


def test_entries_of_two_files_of_the_group_are_not_kept(township, books):
    group = intake.take(township, books).group
    told = imports.forecast(township, group)
    assert told.kept == 0
    assert told.withdrawn > 0


def test_what_was_taken_back_can_be_put_back(township, books):
    before = facts(township)
    group = intake.take(township, books).group
    inside = facts(township)
    imports.undo(township, group)
    assert queries.every(township.connection, "household") == []
    assert facts(township) != inside != before
    assert imports.put_back(township, group) > 0
    assert facts(township) == inside
    assert [one.undone for one in arrivals.imports(township)] == [False, False]


def test_a_stopped_undo_took_nothing_back(township, books):
    group = intake.take(township, books).group
    inside = facts(township)

    def stop(share):
        if share > 0.8:
            raise StopError

    with pytest.raises(StopError):
        imports.undo(township, group, stop)
    assert facts(township) == inside


def test_the_list_counts_what_each_import_did(township, books):
    report = intake.take(township, books)
    listed = arrivals.imports(township)
    assert [(one.created, one.changed) for one in reversed(listed)] == [
        (one.created, one.changed) for one in report.files
    ]


def test_a_later_edit_is_read_on_the_page_of_its_record(worker):
    captain, need = (imports.Later(name, 7, "", ()) for name in ("captain", "need"))
    assert (imports.home_of(worker, captain), imports.home_of(worker, need)) == (("captain", 7), ("need", 7))
    assert imports.home_of(worker, imports.Later("grid", 7, "", ())) is None
