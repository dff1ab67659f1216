"""The township's outgoing post: needs with its word since the last sending, whoever entered it and wherever."""

import json
from collections.abc import Iterable
from typing import Final

from gridworker.domain.ids import Id, from_text, to_text
from gridworker.store import queries
from gridworker.store.door import Written
from gridworker.store.session import Store

REPLY_FIELDS: Final = ("review", "review_note", "assigned_to", "due_on", "reply")
PASSED: Final = "escalation"
"""The ledger whose records go home with the needs they are of."""
_KEPT: Final = "outgoing"


def owed(store: Store) -> list[Id]:
    """The needs that wait, in the order in which they were spoken to."""
    return [from_text(one) for one in store.get_json(_KEPT, [])]


def note(store: Store, written: Written) -> None:
    """Every word of the township on a need waits to be sent, and so does a need it passed on or got an answer to."""
    spoken = [id for name, id, fields in written.changed if name == "need" and not set(fields).isdisjoint(REPLY_FIELDS)]
    passed = queries.by_ids(store.connection, PASSED, [id for name, id, _f in written.changed if name == PASSED])
    spoken += [need for row in passed.values() if isinstance(need := row.plain("need"), int)]
    if spoken:
        _keep(store, dict.fromkeys([*owed(store), *spoken]))


def sent(store: Store, needs: Iterable[Id]) -> None:
    """These have gone home, or the word was taken back."""
    gone = set(needs)
    _keep(store, (one for one in owed(store) if one not in gone))


def _keep(store: Store, needs: Iterable[Id]) -> None:
    store.set(_KEPT, json.dumps([to_text(one) for one in needs]))
