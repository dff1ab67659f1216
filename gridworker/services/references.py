"""Finding the record that somebody means: by id, by code, by address, by number, by name."""

from collections.abc import Mapping

from gridworker.domain import ids
from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.domain.text.address import Address, clean_building, clean_estate, clean_room, clean_unit, parse_address
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import named_refs
from gridworker.services.workspace import Workspace, grid_id, worker_id
from gridworker.store import rows


def find(workspace: Workspace, ledger_name: str, meant: object) -> Id | str:
    """The id of the record meant; a worker nobody knows stays text. Raises UserError for none or several."""
    if isinstance(meant, Mapping):
        return _by_object(workspace, ledger_name, meant)
    text = str(meant).strip()
    try:
        id = ids.from_text(text)
    except ValueError:
        id = 0
    if id and workspace.row(ledger_name, id):
        return id
    return _by_text(workspace, ledger_name, text)


def _by_text(workspace: Workspace, ledger_name: str, text: str) -> Id | str:
    if ledger_name == "grid":
        return _only(workspace, "grid", "code = ? or name = ?", [text, text], text)
    if ledger_name == "worker":
        found = rows.select(workspace.connection, ledger("worker"), "code = ? or name = ?", [text, text])
        return found[0].id if len(found) == 1 else text
    if ledger_name == "need":
        return _only(workspace, "need", "number = ?", [text], text)
    if ledger_name == "household":
        return _by_address(workspace, parse_address(text), text)
    field = named_refs.name_field(ledger(ledger_name)) if ledger(ledger_name).area else ""
    if field:
        return _only(workspace, ledger_name, f'"{field}" = ?', [text], text)
    raise _unknown(ledger_name, text)


def _by_object(workspace: Workspace, ledger_name: str, meant: Mapping[str, object]) -> Id | str:
    if "id" in meant:
        return find(workspace, ledger_name, meant["id"])
    if "code" in meant:
        code = str(meant["code"])
        derived = {"grid": grid_id, "worker": worker_id}.get(ledger_name)
        if derived and workspace.row(ledger_name, derived(code)):
            return derived(code)
        return (
            _only(workspace, ledger_name, "code = ?", [code], code) if derived else find(workspace, ledger_name, code)
        )
    if ledger_name == "household":
        if "address" in meant:
            return _by_address(workspace, parse_address(str(meant["address"])), str(meant["address"]))
        return _by_address(workspace, _address(meant), _("、").join(str(one) for one in meant.values()))
    fields = [name for name in meant if name in ledger(ledger_name).by_name]
    where = " and ".join(f'"{name}" = ?' for name in fields)
    said = _("、").join(str(one) for one in meant.values())
    return _only(workspace, ledger_name, where or "0", [str(meant[name]) for name in fields], said)


def _address(meant: Mapping[str, object]) -> Address:
    part = {name: str(meant.get(name) or "") for name in ("estate", "building", "unit", "room")}
    return Address(
        clean_estate(part["estate"]),
        clean_building(part["building"]),
        clean_unit(part["unit"]),
        clean_room(part["room"]),
    )


def _by_address(workspace: Workspace, address: Address, said: str) -> Id:
    parts = {"estate": address.estate, "building": address.building, "unit": address.unit, "room": address.room}
    given = {name: text for name, text in parts.items() if text}
    where = " and ".join(f'"{name}" = ?' for name in given)
    return _only(workspace, "household", where or "0", list(given.values()), said)


def _only(workspace: Workspace, ledger_name: str, where: str, values: list[str], said: str) -> Id:
    found = rows.select(workspace.connection, ledger(ledger_name), where, values)
    if len(found) == 1:
        return found[0].id
    if not found:
        raise _unknown(ledger_name, said)
    raise UserError(
        "ambiguous_reference",
        _("“{said}”对应 {count} 条{ledger}记录。").format(
            said=said, count=len(found), ledger=_(ledger(ledger_name).label)
        ),
        _("请写明小区、楼栋、单元和门牌，或用编号。"),
    )


def _unknown(ledger_name: str, said: str) -> UserError:
    label = _(ledger(ledger_name).label)
    return UserError(
        "unknown_reference", _("找不到{ledger}：{said}").format(ledger=label, said=said), _("请先登记，或核对写法。")
    )
