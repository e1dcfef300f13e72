"""Makes the font files of this folder from their published originals. A development step, run by hand:

    python registration/pdf/fonts/make_fonts.py ORIGINALS

ORIGINALS is a folder that holds, anywhere below it, the TrueType files named in FORM and SCRIPTS: Source Sans 3
(Adobe), Noto Sans and its script fonts, and Noto Sans SC and KR (Google), all under the SIL Open Font
License. Needs fontTools. What is done to them: characters the forms do not need and hinting are dropped, and
since "Source" is a reserved name the two form fonts are renamed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

HERE = Path(__file__).parent
LATIN = [
    *range(0x20, 0x7F),
    *(code for code in range(0xA0, 0x250) if code != 0xAD),
    *(0x02BB, 0x02BC, 0x02C6, 0x02C7, 0x02DA, 0x02DC),
    *range(0x1E00, 0x1F00),
    *range(0x2010, 0x2028),
    *range(0x2030, 0x203B),
    *(0x2044, 0x20AC, 0x2116, 0x2122, 0x2212),
    *range(0x2150, 0x215F),
    *range(0x2190, 0x2194),
    *(0x25A0, 0x25A1, 0x25B2, 0x25BA, 0x25C4, 0x25CF, 0x2610, 0x2611, 0x2612, 0x2713),
]
LATIN_BOLD = [
    *range(0x20, 0x7F),
    *(code for code in range(0xA0, 0x180) if code != 0xAD),
    *(0x02BB, 0x02BC),
    *range(0x2010, 0x2028),
    *(0x20AC, 0x2116, 0x2190, 0x2191, 0x2192, 0x2193),
]
FORM = {
    "form-regular.ttf": ("SourceSans3_400Regular.ttf", LATIN, "Enfranchise Form", "Regular"),
    "form-bold.ttf": ("SourceSans3_700Bold.ttf", LATIN_BOLD, "Enfranchise Form", "Bold"),
}
HANGUL = [*range(0x1100, 0x1200), *range(0x3130, 0x3190), *range(0xAC00, 0xD7A4)]
HAN = [
    *range(0x2E80, 0x3130),
    *range(0x31A0, 0xA000),
    *range(0xF900, 0xFB00),
    *range(0xFE10, 0xFE50),
    *range(0xFF00, 0xFFF0),
    *range(0x20000, 0x32000),
]
# In the order in which they are tried for a character.
SCRIPTS = [
    "NotoSans-Regular.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoSansSC_400Regular.ttf",
    "NotoSansKR_400Regular.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansBengali-Regular.ttf",
    "NotoSansGurmukhi-Regular.ttf",
    "NotoSansGujarati-Regular.ttf",
    "NotoSansTamil-Regular.ttf",
    "NotoSansTelugu-Regular.ttf",
    "NotoSansKannada-Regular.ttf",
    "NotoSansMalayalam-Regular.ttf",
    "NotoSansOriya-Regular.ttf",
    "NotoSansSinhala-Regular.ttf",
    "NotoSansThai-Regular.ttf",
    "NotoSansLao-Regular.ttf",
    "NotoSansKhmer-Regular.ttf",
    "NotoSansMyanmar-Regular.ttf",
    "NotoSansEthiopic-Regular.ttf",
    "NotoSansArmenian-Regular.ttf",
    "NotoSansGeorgian-Regular.ttf",
    "NotoSansCherokee-Regular.ttf",
    "NotoSansCanadianAboriginal-Regular.ttf",
    "NotoSansOsage-Regular.ttf",
    "NotoSansNKo-Regular.ttf",
    "NotoSansAdlam-Regular.ttf",
    "NotoSansVai-Regular.ttf",
    "NotoSansTifinagh-Regular.ttf",
    "NotoSansThaana-Regular.ttf",
    "NotoSansSyriac-Regular.ttf",
    "NotoSansDeseret-Regular.ttf",
    "NotoSansOlChiki-Regular.ttf",
    "NotoSansMeeteiMayek-Regular.ttf",
    "NotoSansChakma-Regular.ttf",
    "NotoSansHanifiRohingya-Regular.ttf",
    "NotoSansLimbu-Regular.ttf",
    "NotoSansNewa-Regular.ttf",
    "NotoSansPahawhHmong-Regular.ttf",
    "NotoSerifNyiakengPuachueHmong-Regular.ttf",
    "NotoSansCham-Regular.ttf",
    "NotoSansTaiTham-Regular.ttf",
    "NotoSansTaiViet-Regular.ttf",
    "NotoSansTaiLe-Regular.ttf",
    "NotoSansNewTaiLue-Regular.ttf",
    "NotoSansJavanese-Regular.ttf",
    "NotoSansBalinese-Regular.ttf",
    "NotoSansSundanese-Regular.ttf",
    "NotoSansBuginese-Regular.ttf",
    "NotoSansTagalog-Regular.ttf",
    "NotoSansLisu-Regular.ttf",
    "NotoSansYi-Regular.ttf",
    "NotoSansCoptic-Regular.ttf",
    "NotoSansMongolian-Regular.ttf",
    "NotoSansSymbols-Regular.ttf",
]
# Han and Hangul need no shaping: composed or not, HarfBuzz finds the syllable.
PLAIN = {"NotoSansSC_400Regular.ttf": HAN, "NotoSansKR_400Regular.ttf": HANGUL}


def cut(original: Path, codes: Iterable[int] | None, *, layout: bool) -> TTFont:
    """The font at ``original`` with only ``codes`` (None: all), unhinted; without ``layout``, no shaping tables."""
    font = TTFont(original)
    options = subset.Options(hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
    options.layout_features = ["*"] if layout else []
    options.drop_tables += ["STAT", "DSIG", "BASE", "vhea", "vmtx", "VORG", "MATH", "MVAR", "meta"]
    if not layout:
        options.drop_tables += ["GSUB", "GPOS", "GDEF", "kern"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=font.getBestCmap().keys() if codes is None else codes)
    cutter.subset(font)
    return font


def rename(font: TTFont, family: str, style: str) -> None:
    """Gives the font our own name, as the licence asks of a changed font with a reserved name."""
    compact = family.replace(" ", "")
    names = {1: family, 2: style, 3: f"{compact}-{style}", 4: f"{family} {style}", 6: f"{compact}-{style}"}
    for identifier, text in names.items():
        font["name"].setName(text, identifier, 3, 1, 0x409)


def main() -> None:
    """Reads the command line and writes the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("originals", type=Path)
    found = {path.name: path for path in parser.parse_args().originals.rglob("*.ttf")}
    for target, (source, codes, family, style) in FORM.items():
        font = cut(found[source], codes, layout=False)
        rename(font, family, style)
        font.save(HERE / target)
    scripts = HERE / "scripts"
    scripts.mkdir(exist_ok=True)
    for order, source in enumerate(SCRIPTS):
        font = cut(found[source], PLAIN.get(source), layout=source not in PLAIN)
        font.save(scripts / f"{order:02}-{source.split('_')[0].removesuffix('.ttf').removesuffix('-Regular')}.ttf")


if __name__ == "__main__":
    main()
