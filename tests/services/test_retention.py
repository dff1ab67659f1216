"""What was kept long enough is shown to a person, by the strictest rule; nobody erases by the calendar."""

import json

import pytest

from gridworker.cli.main import run
from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledgers import ledger
from gridworker.services import dump, records, retention
from gridworker.services import workspace as workspaces
from gridworker.services.workspace import Workspace
from tests.conftest import PASSWORD


def enter(workspace: Workspace, of: str, **told: object) -> Id:
    return records.add(workspace, ledger(of), [told]).ids[0]


def closed(workspace: Workspace, home: str, kind: str, day: str, **more: object) -> Id:
    need = enter(workspace, "need", household=home, kind=kind, content="要办的事", registered_at="2022-01-04", **more)
    records.change(workspace, ledger("need"), need, {"status": "已办结", "closed_on": day, "result": "解决"})
    return need


@pytest.fixture
def aged(worker: Workspace) -> dict[str, Id]:
    """Records at both sides of every limit; today is 2026-11-25."""
    home = to_text(enter(worker, "household", estate="金江西苑", building="3", room="502", head="李桂芳"))
    child = enter(worker, "resident", household=home, name="李小满", birth="2019-05-01")
    return {
        "old": closed(worker, home, "N01", "2023-11-25"),
        "young": closed(worker, home, "N01", "2023-11-26"),
        "illness": closed(worker, home, "N03", "2025-11-20"),
        "child": closed(worker, home, "N01", "2025-11-20", resident=to_text(child)),
        "first": enter(worker, "visit", household=home, content="看望", visited_at="2023-01-04"),
        "newest": enter(worker, "visit", household=home, content="又看望", visited_at="2023-02-04"),
    }


def test_each_is_told_by_its_own_rule(worker: Workspace, aged: dict[str, Id]) -> None:
    before = list(dump.dump(worker))
    found = {one.id: one.rule.name for one in retention.expired(worker)}
    names = {name: found[id] for name, id in aged.items() if id in found}
    assert names == {"old": "closed", "illness": "sensitive", "child": "minor", "first": "visited"}
    assert list(dump.dump(worker)) == before


def test_who_left_counts_from_when_somebody_said_so(worker: Workspace) -> None:
    home = to_text(enter(worker, "household", estate="金江西苑", building="3", room="502"))
    person = enter(worker, "resident", household=home, name="李桂芳")
    said = Workspace(worker.store, worker.today.replace(year=2024, day=20))
    records.change(said, ledger("resident"), person, {"residence": "迁出"})
    assert [(one.id, one.since) for one in retention.expired(worker)] == [(person, "2024-11-20")]
    retention.keep(worker, [person])
    assert not retention.expired(worker)
    assert retention.expired(Workspace(worker.store, worker.today.replace(year=2027)))


def test_the_command_lists_keeps_and_takes_other_months(
    worker: Workspace, aged: dict[str, Id], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GRIDWORKER_PASSPHRASE", PASSWORD)
    monkeypatch.setattr(workspaces, "open_folder", lambda *_given: worker)
    assert run(["retention", "--months", "closed=60", "--keep", to_text(aged["illness"]), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["months"]["closed"] == 60
    assert {one["rule"] for one in told["expired"]} == {"minor", "visited"}
    assert run(["retention", "--months", "closed=soon"]) == 2
