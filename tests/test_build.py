"""The bundle: what `build.spec` names is there, what it leaves out is not needed, and where its data lie."""

import importlib.util
import runpy
import sys
from pathlib import Path
from types import ModuleType

import pytest

from gridworker import paths
from tests.tools import make_icon, notices

PROJECT = Path(__file__).parents[1]


class Noted(dict):
    """Stands for a class of PyInstaller and keeps what it was given."""

    def __getattr__(self, name):
        return self.get(name, [])


@pytest.fixture
def spec(tmp_path, monkeypatch):
    hooks = ModuleType("PyInstaller.utils.hooks")
    hooks.collect_submodules = lambda name: [name]
    for name in ("PyInstaller", "PyInstaller.utils"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, hooks.__name__, hooks)
    made = {name: lambda *given, **told: Noted(told, given=given) for name in ("Analysis", "PYZ", "EXE", "COLLECT")}
    monkeypatch.chdir(PROJECT)
    return runpy.run_path(str(PROJECT / "build.spec"), made | {"SPECPATH": str(PROJECT), "workpath": str(tmp_path)})


def test_everything_it_names_is_there(spec):
    assert [one for one in spec["HIDDEN"] if importlib.util.find_spec(one) is None] == []
    assert all((PROJECT / source).exists() for source, _target in spec["analysis"].datas)
    assert (PROJECT / spec["ICON"]).is_file()
    assert [program.name for program in spec["programs"]] == ["gridworker", "gridworker-cli"]
    assert [program.console for program in spec["programs"]] == [False, True]


@pytest.mark.parametrize(
    "file",
    [
        "PySide6/translations/qtbase_zh_CN.qm", "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "PySide6/plugins/platforms/qwindows.dll", "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so", "PySide6/plugins/imageformats/qsvg.dll",
        "PySide6/plugins/imageformats/qjpeg.dll", "PySide6/plugins/iconengines/qsvgicon.dll",
        "gridworker/resources/icons/house.svg", "stdnum/cn/loc.dat",
    ],
)  # fmt: skip
def test_what_the_program_needs_stays(spec, file):
    assert spec["kept"]([(file, "", "DATA")])


@pytest.mark.parametrize(
    "file",
    [
        "PySide6/translations/qtbase_fr.qm", "PySide6/plugins/tls/qopensslbackend.dll", "PySide6/opengl32sw.dll",
        "PySide6\\plugins\\imageformats\\qtiff.dll", "libgtk-3.so.0", "PySide6/Qt/plugins/platforms/libqvnc.so",
    ],
)  # fmt: skip
def test_what_nobody_needs_goes(spec, file):
    assert not spec["kept"]([(file, "", "BINARY")])


def test_every_package_brings_its_licence(spec):
    folder = spec["NOTICES"]
    told = (folder / "NOTICES.txt").read_text(encoding="utf-8")
    for name in notices.carried("gridworker"):
        assert f"{name} " in told
    assert {"LGPL-3.0.txt", "GPL-3.0.txt", "Python.txt", "openpyxl.txt", "Lucide.txt", "Noto.txt"} <= {
        one.name for one in folder.iterdir()
    }
    untold = [line.split(" ")[0] for line in told.splitlines() if "see its text" in line]
    assert all((folder / f"{name}.txt").is_file() for name in untold)


def test_handbook_and_cards_were_made_from_their_words():
    texts = sorted((PROJECT / "resources" / "help" / "handbook").glob("*.md"))
    assert [one.stem for one in texts] == ["handbook", "township", "worker"]
    for text in texts:
        made_from = notices.digest(text).encode("utf-16-be")
        assert made_from in text.with_suffix(".pdf").read_bytes(), "python -m tests.tools.make_handbook"


def test_the_icon_holds_every_size():
    data = (PROJECT / "resources" / "windows" / "gridworker.ico").read_bytes()
    edges = [data[6 + 16 * place] or 256 for place in range(data[4])]
    assert tuple(edges) == make_icon.SIZES
    assert data.count(b"\x89PNG") == len(make_icon.SIZES)


def test_a_bundle_on_a_stick_keeps_its_data_beside_it(tmp_path, monkeypatch):
    program = tmp_path / "gridworker-0.2.0" / "gridworker.exe"
    monkeypatch.setattr(sys, "executable", str(program))
    usual = paths.default_data_folder()
    (tmp_path / paths.PORTABLE).mkdir()
    assert paths.default_data_folder() == usual
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert paths.default_data_folder() == tmp_path / paths.PORTABLE
