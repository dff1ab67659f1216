"""Whether this installation works, without touching anybody's data."""

import tempfile
from datetime import date
from pathlib import Path

from gridworker import paths
from gridworker.domain.calendar import week_of
from gridworker.domain.ledgers import ledgers
from gridworker.errors import DataError
from gridworker.i18n import _
from gridworker.services import demo, export, intake, search
from gridworker.services import workspace as workspaces
from gridworker.services.period import Period
from gridworker.services.workspace import Opening, Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

DAY = date(2026, 11, 25)
RESOURCES = (
    "codes/holidays.json",
    "codes/lists.json",
    "codes/due_rules.json",
    "headings.json",
    "pinyin.json",
    "themes/light.json",
    "themes/dark.json",
    "fonts/GridworkerSans-Regular.otf",
    "icons/LICENSE",
    "locale/en/LC_MESSAGES/gridworker.mo",
    "sample/demo.json",
)


def run() -> list[str]:
    """Do the main job once in a temporary folder; returns the steps done. Raises DataError for the first that fails."""
    done = []
    for name in RESOURCES:
        _expect(paths.resource(*name.split("/")).is_file(), _("缺少程序文件 {name}").format(name=name))
    done.append(_("程序文件齐全"))
    with tempfile.TemporaryDirectory(prefix="gridworker-") as name:
        folder = Path(name)
        opening = Opening("worker", "自检", "ZJ01", "自检网格", "自检社区", "自检镇")
        worker, _code = workspaces.create(folder / "worker", "self-test-only", opening, DAY)
        counts = demo.fill(worker, 12, 2, 1)
        _expect(counts["household"] == 12 and len(ledgers()) >= 7, _("数据写不进去"))
        done.append(_("加密数据可写可读"))
        head = next(row for row in _households(worker) if row.plain("head")).plain("head")
        _expect(bool(search.search(worker, head)), _("搜索不起作用"))
        done.append(_("搜索可用"))
        book = folder / "week.xlsx"
        export.export(worker, Period.of_week(week_of(DAY)), book, export.Wish(full=False))
        township, _code = workspaces.create(folder / "township", "self-test-only", Opening("township", "自检"), DAY)
        report = intake.take(township, [book])
        _expect(not report.files[0].problems and report.files[0].created > 0, _("工作簿读不回来"))
        done.append(_("工作簿可写可读"))
        worker.close()
        township.close()
    return done


def _households(worker: Workspace) -> list[Row]:
    return queries.every(worker.connection, "household")


def _expect(holds: bool, message: str) -> None:
    if not holds:
        raise DataError("self_test", message + "。", _("请重新安装本程序。"))
