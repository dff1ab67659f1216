"""The recipe of resources/fonts: a subset of Noto Sans CJK SC under our own family name.

Run once with fontTools on a machine that has the Noto CJK collections; the result is committed.
    python tests/tools/make_font.py /usr/share/fonts/opentype/noto resources/fonts
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "Gridworker Sans"
STYLES = ("Regular", "Bold")
SOURCE_FAMILY = "Noto Sans CJK SC"
# Punctuation and signs used by the window, the workbooks and the forms that GB 2312 lacks.
EXTRA = "•–€™⁄℃℉−∕≥≤≠≈∞√∑⏎⏷▲▼◆●○■□✓✔✗✘★☆〃〇〰①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㎡㎞"
# Characters common in names and places of today that came after GB 2312.
NAMES = (
    "镕喆堃玥珺昇淼赟頔珏焱燊垚犇晞旻昉玘琇璟瑄祎祺翀翊芃茗菡萱蓥薇诩谊铖锜闫陞飏骎髙"
    "鹍妘婳媖嫄宓峣嵘彧恺慜懿昱暐枟桢棽楠樾浛淏湉滢漪潼澍濛灏炜烜烨焜煊熠燚爔"
)


def gb2312() -> str:
    """Every character of the national standard GB 2312, symbols included."""
    found = []
    for row in range(0xA1, 0xF8):
        for column in range(0xA1, 0xFF):
            try:
                found.append(bytes((row, column)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return "".join(found)


def wanted_characters() -> set[int]:
    """Code points kept: printable Latin-1, general punctuation, full-width forms, GB 2312 and the extras."""
    ranges = ((0x20, 0x7F), (0xA0, 0x100), (0x2010, 0x2027), (0x3000, 0x3020), (0xFF01, 0xFF5F), (0xFFE0, 0xFFE7))
    return {code for first, last in ranges for code in range(first, last)} | {ord(c) for c in gb2312() + EXTRA + NAMES}


def face_of(collection: Path) -> TTFont:
    """The simplified Chinese face inside a collection file."""
    for font in TTCollection(str(collection)).fonts:
        if font["name"].getDebugName(1) in (SOURCE_FAMILY, f"{SOURCE_FAMILY} Bold"):
            return font
    raise SystemExit(f"{collection} holds no {SOURCE_FAMILY}")


def rename(font: TTFont, style: str) -> None:
    """Give the face our family name and keep copyright and licence as they came."""
    names = font["name"]
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    new = {1: FAMILY, 2: style, 3: postscript, 4: f"{FAMILY} {style}", 6: postscript}
    names.names = [record for record in names.names if record.nameID in (0, 5, 13, 14)]
    for number, text in new.items():
        names.setName(text, number, 3, 1, 0x409)
    outlines = font["CFF "].cff
    outlines.fontNames[0] = postscript
    outlines.topDictIndex[0].FamilyName = FAMILY
    outlines.topDictIndex[0].FullName = f"{FAMILY} {style}"


def make(source: Path, target: Path, style: str) -> None:
    """Write one style and say its size."""
    font = face_of(source / f"NotoSansCJK-{style}.ttc")
    options = Options(hinting=False, desubroutinize=False, notdef_outline=True, name_IDs=["*"], glyph_names=False)
    options.layout_features = ["kern"]  # "locl" would pull in the Japanese, Korean and traditional forms
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted_characters())
    subsetter.subset(font)
    rename(font, style)
    file = target / f"GridworkerSans-{style}.otf"
    font.save(str(file))
    print(file, file.stat().st_size)


if __name__ == "__main__":
    for each in STYLES:
        make(Path(sys.argv[1]), Path(sys.argv[2]), each)
