"""`conflicts` and `resolve`: proposals beside conflicts, a whole file at once, and who is who."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.services import records
from gridworker.services.workspace import Workspace
from tests.cli.test_contract import Call, call  # noqa: F401 - the fixture
from tests.services import edited_apart as apart


@pytest.fixture
def planted(worker: Workspace, tmp_path: Path) -> list[int]:
    """Four needs that two books say otherwise, and a household whose phone a list says otherwise."""
    needs, books = apart.two_books(worker, tmp_path, count=4)
    records.add(worker, ledger("household"), [apart.a_home(9)])
    apart.take(worker, *books, apart.roster(tmp_path, [apart.a_home(9, phone="13900000009")]))
    return list(needs)


def kinds(call: Callable[..., tuple[int, Any]]) -> list[str]:  # noqa: F811 - given by pytest
    return [one["kind"] for one in call("conflicts")[1]["conflicts"]]


def test_a_file_is_taken_and_the_rest_kept(call: Call, planted: list[int]) -> None:  # noqa: F811
    assert sorted(kinds(call)) == ["conflict"] * 4 + ["proposal"]
    proposal = next(one for one in call("conflicts")[1]["conflicts"] if one["kind"] == "proposal")
    assert [one["value"] for one in proposal["values"]] == ["13800000009", "13900000009"]
    assert proposal["shown"] == "13800000009"
    assert call("resolve", "--take-file", "乙回填.xlsx") == (0, {"resolved": 4})
    assert call("show", "need", to_text(planted[0]))[1]["fields"]["unit"].startswith("乙回填")
    assert call("resolve", proposal["conflict"], "--take-file", "乙回填.xlsx")[0] == 2
    assert call("resolve", "--keep") == (0, {"resolved": 1})
    assert call("conflicts")[1] == {"conflicts": [], "questions": []}


def test_a_proposal_is_applied_by_its_version(call: Call, planted: list[int]) -> None:  # noqa: F811
    assert planted
    proposal = next(one for one in call("conflicts")[1]["conflicts"] if one["kind"] == "proposal")
    home = proposal["conflict"].split("/")[1]
    assert call("resolve", proposal["conflict"], "--take", proposal["values"][1]["version"])[0] == 0
    assert call("show", "household", home)[1]["fields"]["phone"] == "13900000009"


def test_one_bad_value_settles_none(call: Call, planted: list[int]) -> None:  # noqa: F811
    assert planted
    proposal = next(one for one in call("conflicts")[1]["conflicts"] if one["kind"] == "proposal")
    assert call("resolve", proposal["conflict"], "--value", "12")[0] == 2
    assert len(kinds(call)) == 5
    assert call("resolve", "--take", "AAAAAAAAAAA")[1]["error"]["code"] == "usage"


def test_who_is_who_is_asked_and_answered(call: Call, worker: Workspace, tmp_path: Path) -> None:  # noqa: F811
    homes = [apart.a_home(1), apart.a_home(1, head="萧大河乙")]
    first, second = (to_text(id) for id in records.add(worker, ledger("household"), homes).ids)
    apart.take(worker, apart.roster(tmp_path, [apart.a_home(1, head="萧大河丙")]))
    (asked,) = call("conflicts")[1]["questions"]
    assert {one["record"] for one in asked["candidates"]} == {first, second}
    assert call("resolve", "--apart", asked["record"], first)[0] == 0
    assert call("conflicts")[1]["questions"] == []
    assert call("resolve", "--same", asked["record"], first)[0] == 0
    assert call("resolve", "--same", asked["record"], asked["record"])[1]["error"]["code"] == "not_a_pair"
