"""A PIN opens what its password opened before, for a few tries; it never stands anywhere as it is."""

import pytest

from gridworker.errors import UserError
from gridworker.services import pins
from gridworker.services.workspace import Workspace
from tests.conftest import PASSWORD, TODAY


@pytest.mark.parametrize("digits", ["12345", "abcdef", "１２３４５６", "111111", "345678", "098765"])
def test_what_anybody_would_try_is_refused(worker: Workspace, digits: str) -> None:
    with pytest.raises(UserError, match="PIN"):
        pins.choose(worker, PASSWORD, digits)
    assert pins.hold(worker) is None


def test_the_password_proves_who_sets_it(worker: Workspace) -> None:
    with pytest.raises(UserError, match="密码不对"):
        pins.choose(worker, "猜的密码而已", "290517")
    assert not pins.is_set(worker)


def test_it_opens_the_same_store_until_too_many_were_wrong(worker: Workspace) -> None:
    pins.choose(worker, PASSWORD, "290517")
    assert "290517" not in worker.store.get("pin")
    held = pins.hold(worker)
    assert held is not None
    again = held.open("290517", TODAY)
    assert again.store.get("name") == worker.store.get("name")
    again.close()
    for _each in range(pins.TRIES - 1):
        with pytest.raises(UserError, match="PIN 不对"):
            held.open("290518", TODAY)
    with pytest.raises(UserError) as last:
        held.open("290518", TODAY)
    assert last.value.code == "pin_over"
    with pytest.raises(UserError):
        held.open("290517", TODAY)


def test_without_it_nothing_is_held(worker: Workspace) -> None:
    pins.choose(worker, PASSWORD, "290517")
    pins.drop(worker)
    assert pins.hold(worker) is None
