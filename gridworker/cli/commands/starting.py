"""init, setup, demo."""

from argparse import Namespace
from collections import Counter

from gridworker.cli.console import DONE, PROBLEMS, Answer, Context, read_secret
from gridworker.domain import ids
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import demo as demo_service
from gridworker.services import demo_community, rebuild, setup_file
from gridworker.services import workspace as workspaces
from gridworker.services.intake import Options
from gridworker.services.workspace import Opening


def init(context: Context, given: Namespace) -> Answer:
    """An encrypted store; refuses to overwrite."""
    shared = setup_file.read(given.setup) if given.setup else None
    opening = _opening(given, shared)
    password = read_secret(given.password_file) if given.password_file else ""
    if given.rebuild:
        rebuild.look(given.rebuild, opening.grid, password or (shared.report_password if shared else ""))
    workspace, code = workspaces.create(
        context.data, context.passphrase(new=True), opening, context.today, begin=setup_file.applied(shared)
    )
    told: dict[str, object] = {
        "store": str(context.data),
        "device": ids.to_text(workspace.store.device),
        "grid": opening.grid or None,
        "recovery_code": code,
    }
    lines = [
        _("数据已建立：{folder}").format(folder=context.data),
        _("恢复码，请抄写保存：{code}").format(code=code),
        _("忘了密码只有恢复码能打开；两样都丢了，谁也打不开。"),
    ]
    if not given.rebuild:
        return Answer(told, lines)
    back = rebuild.rebuild(workspace, given.rebuild, Options(password=password))
    problems = back.failed or back.missing or back.masked
    return Answer(told | {"rebuilt": back.as_json()}, [*lines, *back.lines()], PROBLEMS if problems else DONE)


def _opening(given: Namespace, shared: setup_file.SetUp | None) -> Opening:
    name, role = given.name, given.role
    if shared and not name and given.grid:
        name = shared.worker_of(given.grid)
    role = role or ("worker" if shared else None)
    if not role or not name:
        raise UserError("usage", _("要给出角色和姓名。"), _("例如 init --role worker --name 陈晓芸 --grid JX03。"))
    if role == "worker" and not given.grid:
        raise UserError("usage", _("网格员要给出网格编号。"), _("例如 --grid JX03 --grid-name 金江西苑3网格。"))
    known = shared.grid(given.grid) if shared else {}
    return Opening(
        role,
        name,
        given.grid,
        given.grid_name or known.get("name", ""),
        given.community or known.get("community", ""),
        given.township or known.get("township", "") or (shared.township if shared else ""),
    )


def setup(context: Context, given: Namespace) -> Answer:
    """The township's 开户文件."""
    workspace = context.open()
    if given.report_password_file:
        workspace.store.set("report_password", read_secret(given.report_password_file))
    setup_file.write(workspace, given.out)
    return Answer({"file": str(given.out)}, [_("开户文件已写出：{file}").format(file=given.out)])


def demo(context: Context, given: Namespace) -> Answer:
    """Invented people in a fresh store, and their community's year."""
    workspace = context.open()
    counts = Counter(demo_service.fill(workspace, given.households, given.weeks, given.seed))
    counts.update(demo_community.fill(workspace, given.seed))
    words = _("、").join(f"{name} {count}" for name, count in counts.items())
    return Answer({"counts": counts}, [_("已填入虚构数据：{words}").format(words=words)])
