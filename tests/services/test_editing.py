"""Saving from a form: what a ledger's own rules say, and what they say of two records."""

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.services import editing, records
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace


def test_votes_on_a_topic_must_make_those_present(worker: Workspace) -> None:
    meeting = {"grid": {"code": "JX03"}, "name": "第一次议事会", "invited": 30, "present": 25}
    id = records.add(worker, ledger("meeting"), [meeting]).ids[0]
    topic = {"grid": {"code": "JX03"}, "title": "装晾衣架", "meeting": to_text(id), "in_favour": 20, "against": 3}
    wrong = editing.save(worker, "topic", 0, {**topic, "abstained": 1})
    assert isinstance(wrong, dict)
    assert "差1" in wrong["in_favour"]
    assert isinstance(editing.save(worker, "topic", 0, {**topic, "abstained": 2}), Done)
