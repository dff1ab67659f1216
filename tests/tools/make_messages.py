"""`python -m tests.tools.make_messages`: collect every word people see into the English catalogue, and compile it.

Words stand in `_("…")`, in ledger declarations, in code lists and in guide cards. Known translations
are kept; new ones are empty.
"""

import ast
import json
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from gridworker.domain.codes import INLINE, code_list, materials_note
from gridworker.domain.ledger import Ledger
from gridworker.domain.ledgers import ledgers
from gridworker.services import policy

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "locale" / "en" / "LC_MESSAGES"
PO, MO = FOLDER / "gridworker.po", FOLDER / "gridworker.mo"
LABEL_TABLES = {
    "VISIT_LABELS", "NEED_LABELS", "MEASURES", "FACES", "WORDS", "RATES", "ACTS", "WEEKDAYS", "SCALE_WORDS", "LEVELS",
    "REPLIED", "TO_CALL_BACK", "RETURNED", "OVERDUE", "ID_WORDS", "_DERIVED_LABELS",
}  # fmt: skip
"""Constants whose Chinese words are shown by `_(variable)`."""


def messages() -> dict[str, list[str]]:
    """Every word with the files it stands in."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "gridworker").rglob("*.py")):
        for text in _in_code(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(text, []).append(path.relative_to(ROOT).as_posix())
    for ledger in ledgers().values():
        for text in _declared(ledger):
            found.setdefault(text, []).append(f"gridworker/domain/ledgers/{ledger.name}.py")
    lists = json.loads((ROOT / "resources" / "codes" / "lists.json").read_text(encoding="utf-8"))
    for listed in lists.values():
        for item in listed["items"]:
            for text in {item["label"], item.get("short", item["label"])}:
                found.setdefault(text, []).append("resources/codes/lists.json")
    found.setdefault(materials_note(), []).append("resources/codes/materials.json")
    for text in policy.shipped_texts():
        found.setdefault(text, []).append("resources/policy/policy.json")
    return found


def _declared(ledger: Ledger) -> list[str]:
    """The words of a ledger that people see: its names, its fields' and the words to choose from."""
    inline = [one.of for one in ledger.fields if one.of.startswith(INLINE)]
    words = [ledger.label, ledger.sheet, ledger.area, *(one.label for one in ledger.fields)]
    return [word for word in (*words, *(code for name in inline for code in code_list(name).codes())) if word]


def _in_code(tree: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(tree):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
        if is_call and node.args and isinstance(node.args[0], ast.Constant):
            found.append(node.args[0].value)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value and _names(node) & LABEL_TABLES:
            found += _chinese(node.value)
    return found


def _names(node: ast.Assign | ast.AnnAssign) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _chinese(table: ast.expr) -> list[str]:
    """The Chinese words in an expression, however deep."""
    texts = (node.value for node in ast.walk(table) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [text for text in texts if re.search(r"[一-鿿]", text)]


def load() -> Catalog:
    """The catalogue as it is."""
    if not PO.exists():
        return Catalog(locale="en", domain="gridworker")
    with PO.open("rb") as file:
        return read_po(file, locale="en", domain="gridworker")


def renew() -> tuple[int, int]:
    """Write the catalogue anew; returns how many words there are and how many lack a translation."""
    known = load()
    fresh = Catalog(locale="en", domain="gridworker", project="gridworker", fuzzy=False)
    for text, places in sorted(messages().items()):
        message = known.get(text)
        fresh.add(text, message.string if message else "", locations=[(place, 0) for place in sorted(set(places))])
    FOLDER.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, fresh, width=0, omit_header=False, include_lineno=False, sort_output=True)
    compile_catalogue()
    return len(fresh), sum(not message.string for message in fresh if message.id)


def compiled() -> bytes:
    """The catalogue as the program reads it."""
    import io

    out = io.BytesIO()
    write_mo(out, load())
    return out.getvalue()


def compile_catalogue() -> None:
    """Write the compiled catalogue beside the source."""
    MO.write_bytes(compiled())


if __name__ == "__main__":
    words, missing = renew()
    print(f"{words} words, {missing} without translation")
