"""The files that are mutated: what the program writes, and sheets of clerks in every format."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gridworker.domain.calendar import parse_week
from gridworker.exchange import weekly
from gridworker.exchange.patch_parts import TYPES
from gridworker.services import export, feedback, intake, replying, township_book
from gridworker.services.export import Wish
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace
from gridworker.store import queries

DATA: Final = Path(__file__).parents[1] / "data"
PASSWORD: Final = "Evil-2026"
WEEK: Final = parse_week("2026-W48")
_LARGEST: Final = 40_000
_LARGEST_PACKED: Final = 9_000
"""Of xlsx and ods: small sheets break in the same places and go through faster."""
_ENDINGS: Final = {".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt"}


@dataclass(frozen=True, slots=True)
class Seed:
    """One good file."""

    name: str
    data: bytes
    kind: str
    """`ours`, `summary`, `reply`, `feedback`, `locked`, or the ending of a clerk's sheet."""


def gather(worker: Workspace, township: Workspace, folder: Path) -> list[Seed]:
    """All of them. The township has taken the worker's workbook when this returns."""
    return [*_own(worker, township, folder), *clerks(), with_macros(), locked()]


def _own(worker: Workspace, township: Workspace, folder: Path) -> list[Seed]:
    masked, full = folder / "masked.xlsx", folder / "full.xlsx"
    period = Period.of_week(WEEK)
    export.export(worker, period, masked, Wish(full=False))
    export.export(worker, period, full, Wish(full=True, reason="测试", password=PASSWORD))
    plain = _opened(full.read_bytes())
    own = {"ours": masked.read_bytes(), "ours full": plain, "locked": full.read_bytes()}
    report = intake.take(township, [full], intake.Options(password=PASSWORD)).files[0]
    township_book.write(township, WEEK, folder / "summary.xlsx")
    need = queries.every(township.connection, "need")[0]
    replying.save(township, need.id, replying.Reply("accepted", "可以", "镇住建办", None, "本周内办结。"))
    reply = replying.send(township, folder, lambda _done, _all, _code: None, Wish(full=False))[0]
    feedback.write_marked(township, masked, report, folder / "feedback.xlsx")
    own |= {"summary": (folder / "summary.xlsx").read_bytes(), "reply": reply.file.read_bytes()}
    own |= {"feedback": (folder / "feedback.xlsx").read_bytes()}
    return [Seed(f"{name}.xlsx", data, name) for name, data in own.items()]


def _opened(data: bytes) -> bytes:
    from gridworker.exchange import raw_book

    return raw_book.unlocked(data, PASSWORD) or data


def clerks() -> list[Seed]:
    found = sorted((*(DATA / "sheets").rglob("*"), *(DATA / "forms").rglob("*")))
    every = [Seed(one.name, one.read_bytes(), one.suffix[1:]) for one in found if one.suffix in _ENDINGS]
    return [one for one in every if len(one.data) < (_LARGEST_PACKED if one.data[:2] == b"PK" else _LARGEST)]


def with_macros() -> Seed:
    """A sheet with a macro project, a link to elsewhere and a workbook it refers to."""
    source = (DATA / "sheets" / "S1_走访台账.xlsx").read_bytes()
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == TYPES:
                macro = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
                data = data.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml").replace(b"</Types>", macro)
            new.writestr(name, data)
        new.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0evil")
        new.writestr("xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    return Seed("宏.xlsm", target.getvalue(), "xlsm")


def locked() -> Seed:
    source = (DATA / "sheets" / "S2_诉求台账.xlsx").read_bytes()
    return Seed("加密.xlsx", weekly.encrypted(source, PASSWORD), "locked")
