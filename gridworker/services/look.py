"""How the window looks on this laptop, kept beside the store: it counts before anything is unlocked."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

LOOK_FILE: Final = "window.json"


@dataclass(frozen=True, slots=True)
class Look:
    """Theme (light, dark, auto), font scale and language."""

    theme: str = "auto"
    scale: float = 1.0
    language: str = "zh_CN"


def read_look(folder: Path) -> Look:
    """The look kept in a data folder; what cannot be read is the usual one."""
    try:
        kept: Any = json.loads((folder / LOOK_FILE).read_text(encoding="utf-8"))
        return Look(str(kept["theme"]), float(kept["scale"]), str(kept["language"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Look()


def write_look(folder: Path, look: Look) -> None:
    """Keep the look; a folder that cannot be written costs no more than the memory of it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / LOOK_FILE).write_text(json.dumps(asdict(look)), encoding="utf-8")
    except OSError:
        return
