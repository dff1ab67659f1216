"""Licences and notices of everything a bundle carries, collected from what is installed: called by `build.spec`."""

import re
import sys
import sysconfig
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from shutil import copy

SHIPPED = Path(__file__).parents[2] / "resources"
_TEXT = re.compile("LICEN[CS]E|COPYING|NOTICE", re.IGNORECASE)
_LESSER = "LGPL"
_OWN = {
    "Lucide icons": ("ISC", SHIPPED / "icons" / "LICENSE"),
    "Noto Sans CJK SC (subset: Gridworker Sans)": ("OFL-1.1", SHIPPED / "fonts" / "OFL.txt"),
}
"""What lies in our resources without being a package."""


def collect(folder: Path) -> Path:
    """Write the licence texts and a list of them into a folder. Returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"Python {sys.version.split()[0]}: PSF-2.0, https://www.python.org/"]
    copy(python_licence(), folder / "Python.txt")
    for name in sorted(carried("gridworker"), key=str.lower):
        package = metadata.distribution(name)
        licence = licence_of(package)
        lines.append(f"{name} {package.version}: {licence}, {home_of(package)}")
        for number, text in enumerate(texts_of(package)):
            copy(text, folder / f"{name}{f'-{number}' if number else ''}.txt")
        if _LESSER in licence:
            for text in (SHIPPED / "licences").iterdir():
                copy(text, folder)
    for name, (licence, text) in _OWN.items():
        lines.append(f"{name}: {licence}")
        copy(text, folder / f"{name.split(' ')[0]}.txt")
    lines += ["", SOURCE]
    (folder / "NOTICES.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


SOURCE = """Qt, PySide6, shiboken6 and python-stdnum are used unchanged under the LGPL; their files lie separately in
this folder and may be replaced by other builds of them. Their source: https://download.qt.io/ ,
https://code.qt.io/pyside/pyside-setup.git , https://pypi.org/project/python-stdnum/ ."""


def digest(file: Path) -> str:
    """What tells one text from another: a PDF says from which it was made."""
    return sha256(file.read_bytes()).hexdigest()[:16]


def carried(name: str) -> set[str]:
    """The packages a package needs to run, itself left out."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for wanted in metadata.requires(waiting.pop()) or ():
            told = re.match(r"[\w.-]+", wanted)
            if told and "extra ==" not in wanted and told[0] not in found and is_installed(told[0]):
                found.add(told[0])
                waiting.append(told[0])
    return found


def is_installed(name: str) -> bool:
    """Whether a package is here; some are needed on other systems only."""
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def licence_of(package: metadata.Distribution) -> str:
    """What the package says its licence is."""
    about = package.metadata
    told = about.get("License-Expression") or about.get("License") or ""
    kinds = [one.split(" :: ")[-1] for one in about.get_all("Classifier", []) if one.startswith("License ::")]
    return told if told and len(told) < 80 else ", ".join(kinds) or "see its text"


def home_of(package: metadata.Distribution) -> str:
    """Where the package lives."""
    links = [one.split(", ")[-1] for one in package.metadata.get_all("Project-URL", [])]
    return package.metadata.get("Home-page") or next(iter(links), f"https://pypi.org/project/{package.name}/")


def texts_of(package: metadata.Distribution) -> list[Path]:
    """The files in which a package tells its licence."""
    inside = [one for one in package.files or () if ".dist-info" in one.parts[0] and _TEXT.search(one.name)]
    return [path for path in (Path(str(one.locate())) for one in inside) if path.is_file()]


def python_licence() -> Path:
    """The licence of the interpreter that is bundled."""
    places = [Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix)]
    every = (folder / name for folder in places for name in ("LICENSE.txt", "LICENSE", "../../LICENSE.txt"))
    return next(path for path in every if path.is_file())
