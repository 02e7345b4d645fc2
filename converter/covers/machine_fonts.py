"""The fonts of the machine, asked only for letters that no font of the program has.

Fontconfig knows the characters of every font and answers in milliseconds; where it is missing (macOS, Windows), the
folders that those systems keep fonts in are looked through, the files whose names promise the script first.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from converter.covers.coverage import character_ranges, faces_in, has
from converter.covers.rulers import FontFile
from converter.covers.scripts import Script

KINDS = (".ttf", ".otf", ".ttc", ".otc")
UNFIT = ("emoji", "lastresort", "blank", "notdef", "symbol", "italic", "oblique", "mono", "condensed")
"""In the names of files that draw no letters in one colour, or none that suit a title; LastResort has boxes."""
LAST = ("unifont", "fallback", "unicode", "dejavu", "freeserif", "freesans", "code2000")
"""Fonts of all scripts: better than nothing."""
BOLD = ("bold", "-bd", "bd.", "sb.", "semibold", "w6", "-w7")
MOST_FILES, MOST_OPENED, MOST_ANSWER = 6000, 300, 400
PATIENCE = 5.0
"""Seconds that fontconfig may take."""

HINTS: dict[str, tuple[str, ...]] = {
    "CJK": ("cjk", "sourcehan", "pingfang", "hiragino", "yugoth", "msyh", "msjh", "malgun", "applesdgothic",
            "applegothic", "simhei", "simsun", "mingliu", "meiryo", "msgothic", "heiti", "songti", "wqy", "nanum",
            "ipa", "takao", "uming", "ukai", "droidsansfallback"),
    "THAI": ("leelui", "leelawad", "thonburi", "sukhumvit", "garuda", "loma", "tlwg"),
    "GEORGIAN": ("sylfaen", "segoeui", "dejavu", "mshtakan", "geo"),
    "ARMENIAN": ("sylfaen", "segoeui", "dejavu", "mshtakan"),
    "ETHIOPIC": ("ebrima", "nyala", "kefa", "abyssinica"),
    "LAO": ("leelui", "lao", "dejavu"),
    "KHMER": ("leelui", "khmer"),
    "MYANMAR": ("mmrtext", "myanmar", "padauk"),
    "TIBETAN": ("himalaya", "kailasa", "jomolhari"),
}  # fmt: skip
INDIC = ("nirmala", "kohinoor", "lohit", "sangam", "mukta", "arialunicode")
"""Names that promise a script, on Windows, macOS and Linux; its own name always does."""

REGIONS: dict[str, tuple[str, ...]] = {
    "ja": ("jp", "hiraginosans", "ヒラギノ", "hiragino kaku", "yugoth", "meiryo", "msgothic", "ipa", "takao", "vl-"),
    "ko": ("kr", "malgun", "applesdgothic", "applegothic", "nanum", "baekmuk", "unbatang"),
    "zh-hans": ("sc", "hiragino sans gb", "pingfang", "msyh", "simhei", "simsun", "wqy", "cn", "stheiti", "songti"),
    "zh-hant": ("tc", "pingfang", "msjh", "mingliu", "tw", "uming", "hk"),
}
"""In the names of files with the forms of one language. NotoSansCJK and Source Han have the forms of all."""
FACES = {"ja": 0, "ko": 1, "zh-hans": 2, "zh-hant": 3}
"""Which face of a collection of Noto CJK is whose."""


@lru_cache(maxsize=64)
def machine_font(char: str, script: Script) -> FontFile | None:
    """The font of this machine that suits a script best and has the character; None where there is none."""
    names = (*HINTS.get(script.name, INDIC), script.name.casefold())
    asked = _fontconfig(ord(char))
    if asked is None:
        asked = _by_folder(ord(char), names)
    fit = [file for file in asked if not any(word in file.path.name.casefold() for word in UNFIT)]
    return min(fit, key=lambda file: _rank(file, script, names), default=None)


def _rank(file: FontFile, script: Script, names: tuple[str, ...]) -> tuple[object, ...]:
    """The lower, the better; the path decides between equals, for a cover must stay the same."""
    name = file.path.name.casefold()
    region = _region(script.region)
    of_region = not region or "cjk" in name or "sourcehan" in name or any(word in name for word in REGIONS[region])
    own_face = "cjk" in name and file.path.suffix in (".ttc", ".otc") and file.index == FACES.get(region, 0)
    return (
        any(word in name for word in LAST),
        not any(word in name for word in names),
        not of_region,
        not own_face,
        "noto" not in name,
        "ui" in name,
        not ("[" in name or any(word in name for word in BOLD)),
        len(name),
        str(file.path),
        file.index,
    )


def _region(language: str) -> str:
    tag = language.casefold()
    if not tag:
        return ""
    return next((region for region in REGIONS if tag.startswith(region)), "zh-hans")


def _fontconfig(code: int) -> tuple[FontFile, ...] | None:
    """The files in which fontconfig finds the character; None without fontconfig."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    command = [program, "--format", "%{file}\t%{index}\n", f":charset={code:x}"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    found = set()
    for line in done.stdout.decode("utf-8", "surrogateescape").splitlines()[: MOST_ANSWER * 8]:
        place, _, index = line.partition("\t")
        path = Path(place)
        if path.suffix.casefold() in KINDS and index.isdigit() and int(index) < 0x10000:  # larger: a named instance
            found.add(FontFile(path, int(index)))
    return tuple(f for f in sorted(found, key=str)[:MOST_ANSWER] if has(character_ranges(f.path, f.index), code))


def _by_folder(code: int, names: tuple[str, ...]) -> tuple[FontFile, ...]:
    """The files of the usual folders that have the character: of those whose names promise it, else of the others."""
    promising: list[Path] = []
    others: list[Path] = []
    for path in _font_files():
        name = path.name.casefold()
        if not any(word in name for word in UNFIT):
            (promising if any(word in name for word in names) else others).append(path)
    for paths in (promising, others):
        found = tuple(
            FontFile(path, index)
            for path in paths[:MOST_OPENED]
            for index in range(faces_in(path))
            if has(character_ranges(path, index), code)
        )
        if found:
            return found
    return ()


@lru_cache(maxsize=1)
def _font_files() -> tuple[Path, ...]:
    found: list[Path] = []
    for folder in _folders():
        for place, folders, files in os.walk(folder):
            folders.sort()
            found += [Path(place, name) for name in sorted(files) if name.casefold().endswith(KINDS)]
            if len(found) >= MOST_FILES:
                return tuple(found[:MOST_FILES])
    return tuple(found)


def _folders() -> Iterator[Path]:
    """Where Windows, macOS and the others keep fonts: the machine's, then the person's."""
    if windows := os.environ.get("WINDIR"):
        yield Path(windows, "Fonts")
    if local := os.environ.get("LOCALAPPDATA"):
        yield Path(local, "Microsoft", "Windows", "Fonts")
    yield from map(Path, ("/System/Library/Fonts", "/Library/Fonts", "/usr/share/fonts", "/usr/local/share/fonts"))
    try:
        home = Path.home()
    except RuntimeError:
        return
    for name in ("Library/Fonts", ".local/share/fonts", ".fonts"):
        yield home / name
