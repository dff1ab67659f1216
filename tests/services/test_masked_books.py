"""Masking holds: nothing in a masked workbook confirms a value it does not show, and no mask ever beats a value."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric

from gridworker import paths
from gridworker.domain import masking, values
from gridworker.domain.codes import code_list
from gridworker.domain.ids import to_text
from gridworker.domain.ledger import Field, Kind, Mask, Privacy
from gridworker.domain.ledgers import ledger
from gridworker.domain.text.names import surname
from gridworker.domain.versions.entries import Cell, Masked, Value
from gridworker.exchange.layout import FULL_ONLY, fold_head
from gridworker.exchange.model import OutRow
from gridworker.exchange.token import encode_token, in_cell
from gridworker.services import dump, intake, out_rows, records
from gridworker.services.export import Wish
from gridworker.services.workspace import Workspace
from gridworker.store import access, queries
from gridworker.store.database import rehearsal
from gridworker.store.door import Change
from gridworker.store.rows import Row
from tests import invented
from tests.conftest import Made, OpenCopy
from tests.services.attacker import Attacker
from tests.services.township_books import book

LEDGERS = ("household", "resident", "visit", "need", "followup")
PASSWORD = "上报密码2026"
NAMES = paths.json_resource("sample", "demo.json")
GIVEN = [*NAMES["given_old"], *NAMES["given_middle"], *NAMES["given_young"]]


@pytest.fixture
def sender(open_copy: OpenCopy) -> Workspace:
    workspace = open_copy("worker")
    invented.fill(workspace, 8, 6, 3)
    return workspace


def hidden(workspace: Workspace, of: Attacker) -> Iterator[tuple[Row, Field, str]]:
    """Every personal or sensitive value of the store that the books do not show."""
    for name in LEDGERS:
        for row in queries.every(workspace.connection, name):
            for one in ledger(name).fields:
                text = values.canonical_text(one, row.values.get(one.name))
                if text and one.privacy is not Privacy.PLAIN and text not in of.text:
                    yield row, one, text


def guesses(one: Field, truth: str) -> set[str]:
    """What somebody would try who sees the mask."""
    if one.mask is Mask.PHONE:
        return {f"{truth[:3]}{middle:04d}{truth[-4:]}" for middle in range(10_000)}
    if one.mask is Mask.ROOM:
        return {str(number) for number in range(101, 3400)}
    if one.mask is Mask.NAME:
        return {surname(truth) + given for given in GIVEN}
    if one.name == "id_no":
        return {body + ric.calc_check_digit(body) for body in (f"{truth[:14]}{tail:03d}" for tail in range(1000))}
    if one.kind is Kind.DATE:
        return {str(date(int(truth[:4]), 1, 1) + timedelta(days=day)) for day in range(366)}
    if one.kind in {Kind.CODE, Kind.MULTI}:
        return set(code_list(one.of).codes())
    return {truth}


def confirmed(attacker: Attacker, workspace: Workspace) -> list[tuple[str, str, str]]:
    """Hidden values that the attacker now knows for certain."""
    found = []
    tried: dict[tuple[str, str], int] = {}
    for row, one, truth in hidden(workspace, attacker):
        place = (row.ledger, one.name)
        tried[place] = tried.get(place, 0) + 1
        every = guesses(one, truth) | {truth} if tried[place] == 1 else {truth}
        if truth in {guess for guess in every if attacker.confirms(row.id, one.name, guess)}:
            found.append((row.ledger, one.name, truth))
    assert ("household", "phone") in tried
    assert ("resident", "id_no") in tried
    return found


def test_the_attacker_knows_a_value_that_was_hashed(tmp_path: Path) -> None:
    of = ledger("household")
    row = OutRow(
        2, {"phone": "19900001234"}, {"phone": Cell(frozenset([4]), ("19900001234",))}, {"=next_due": "2026-12-01"}
    )
    made = openpyxl.Workbook()
    made.active.append(["x", "y"])
    made.active.append([in_cell(encode_token(of, 8, row, ["phone"]))])
    made.save(tmp_path / "leak.xlsx")
    attacker = Attacker(tmp_path / "leak.xlsx")
    assert [one for one in guesses(of.by_name["phone"], "19900001234") if attacker.confirms(2, "phone", one)] == [
        "19900001234"
    ]
    assert attacker.confirms(2, "=next_due", "2026-12-01")


def test_nothing_in_a_masked_book_confirms_what_it_hides(sender: Workspace, tmp_path: Path) -> None:
    attacker = Attacker(book(sender, tmp_path, wish=Wish(full=False)))
    assert len(attacker.rows) > 20
    assert confirmed(attacker, sender) == []


def test_no_orientation_hash_speaks_of_what_is_not_shown(sender: Workspace, tmp_path: Path) -> None:
    attacker = Attacker(book(sender, tmp_path, wish=Wish(full=False)))
    view = out_rows.View(sender, {}, masked=False)
    tried = 0
    for token, shown in attacker.rows:
        row = sender.row(token.ledger.name, token.record)
        full = view.row(token.ledger, row).shown if row else {}
        unseen = {name: text for name, text in full.items() if text and text != shown.get(name)}
        tried += len(unseen)
        assert not [name for name, text in unseen.items() if attacker.confirms(token.record, name, text)]
        assert not token.orientation_edited(shown)
    assert tried > 20


def test_an_edit_of_a_private_cell_is_not_confirmed_by_later_books(sender: Workspace, tmp_path: Path) -> None:
    first = book(sender, tmp_path, name="a.xlsx", wish=Wish(full=False))
    edited = openpyxl.load_workbook(first)
    typed = {
        "住户名册": {"联系电话": "19900007788", "户主": "欧阳若兰", "备注": "电话改成19900007788"},
        "诉求台账": {"反映人": "诸葛小亮"},
    }
    for name, cells in typed.items():
        heads = {fold_head(str(cell.value)): cell.column for cell in edited[name][3]}
        for head, text in cells.items():
            edited[name].cell(4, heads[head], text)
    edited.save(tmp_path / "typed.xlsx")
    report = intake.take(sender, [tmp_path / "typed.xlsx"]).files[0]
    assert report.cells["applied"] == 4, report.problems
    attacker = Attacker(first, book(sender, tmp_path, name="b.xlsx", wish=Wish(full=False)))
    said = {text for _row, _field, text in hidden(sender, attacker)}
    assert {"19900007788", "欧阳若兰", "诸葛小亮"} <= said
    assert confirmed(attacker, sender) == []


def test_the_access_log_whose_head_is_printed_names_nobody(sender: Workspace, tmp_path: Path) -> None:
    attacker = Attacker(book(sender, tmp_path, wish=Wish(full=False)))
    said = " ".join(str(part) for line in access.lines(sender.connection) for part in line)
    assert not [text for _row, _field, text in hidden(sender, attacker) if len(text) > 3 and text in said]


def test_the_order_of_rows_does_not_tell_the_rooms(sender: Workspace, tmp_path: Path) -> None:
    attacker = Attacker(book(sender, tmp_path, wish=Wish(full=False)))
    order = [token.record for token, _shown in attacker.rows if token.ledger.name == "household"]
    rooms = {row.id: int(row.plain("room")) for row in queries.every(sender.connection, "household")}
    assert sorted(order) == order
    assert [rooms[id] for id in order] != sorted(rooms.values())


def test_a_door_in_words_stays_home_and_secret_needs_do_not_count(sender: Workspace, tmp_path: Path) -> None:
    home = queries.every(sender.connection, "household")[0]
    given = {"registered_at": "2026-11-24", "kind": "N01", "content": "说一件事", "confidential": True}
    records.add(sender, ledger("need"), [given | {"household": to_text(home.id)}])
    need = queries.every(sender.connection, "need")[0]
    sender.write("test", Change(ledger("need"), {"household": "金江西苑7栋707室", "confidential": None}, need.id))
    counts = []
    for masked in (False, True):
        shown = out_rows.View(sender, {}, masked=masked).row(ledger("household"), home).shown
        assert masked == FULL_ONLY.isdisjoint(shown)
        counts.append(int(shown["=open_needs"] or 0))
    assert counts[0] == counts[1] + 1
    assert "栋707" not in Attacker(book(sender, tmp_path, wish=Wish(full=False))).text


STEPS: tuple[dict[str, object], ...] = (
    {"phone": "19900001111", "head": "李桂芳", "room": "101", "note": "电话19900001111"},
    {"phone": "19900002111", "note": None},
    {"head": "李大芳", "room": "201"},
    {"phone": None, "head": "李桂芳"},
    {"phone": "19900003111", "note": "欧阳若兰来过"},
)

HEADS = ("李桂芳", "李大芳")


@pytest.fixture(scope="module")
def masked_and_full(stores_of_tests: dict[str, Made], tmp_path_factory: pytest.TempPathFactory) -> Iterator["Sent"]:
    folder = tmp_path_factory.mktemp("masks")
    copies = OpenCopy(stores_of_tests, folder)
    yield Sent(copies("worker"), copies("township"), folder)
    for workspace in copies.opened:
        workspace.close()


class Sent:
    """A household after each of a few changes, in a masked and in a full workbook."""

    def __init__(self, worker: Workspace, township: Workspace, folder: Path) -> None:
        self.township = township
        self.books: list[tuple[Path, Path]] = []
        self.truth: list[dict[str, Value]] = []
        door: dict[str, object] = {"estate": "金江西苑", "building": "3", "unit": "2"}
        self.record = records.add(worker, ledger("household"), [door | STEPS[0]]).ids[0]
        for number, step in enumerate(STEPS):
            if number:
                records.change(worker, ledger("household"), self.record, step)
            row = worker.row("household", self.record)
            assert row
            self.truth.append(dict(row.values))
            wishes = (Wish(full=False), Wish(full=True, reason="周报", password=PASSWORD))
            paths = [book(worker, folder, name=f"{number}{kind}.xlsx", wish=wish) for kind, wish in enumerate(wishes)]
            self.books.append((paths[0], paths[1]))


@settings(max_examples=5)
@given(some=st.lists(st.tuples(st.integers(0, len(STEPS) - 1), st.booleans()), min_size=1, max_size=4, unique=True))
def test_a_mask_never_beats_a_value(masked_and_full: Sent, some: list[tuple[int, bool]]) -> None:
    sent, told = masked_and_full, []
    for order in (some, some[::-1]):
        with rehearsal(sent.township.connection):
            paths = [sent.books[step][full] for step, full in order]
            reports = intake.take(sent.township, paths, intake.Options(password=PASSWORD)).files
            assert [(one.problems, one.conflicts) for one in reports] == [([], 0)] * len(order)
            told.append(list(dump.dump(sent.township)))
            row = sent.township.row("household", sent.record)
            assert row
            _check(sent, some, row.values)
    assert told[0] == told[1]


def _check(sent: Sent, some: list[tuple[int, bool]], shown: Mapping[str, Value]) -> None:
    """The newest value that any of the books shows whole is shown; only without any, the newest mask."""
    newest = max(step for step, _full in some)
    for name in ("phone", "head", "room", "note"):
        masks = [masking.masked(ledger("household").by_name[name], one.get(name), HEADS) for one in sent.truth]
        whole = [step for step, full in some if full or not isinstance(masks[step], Masked)]
        assert shown.get(name) == (sent.truth[max(whole)].get(name) if whole else masks[newest])
