"""Names of files that every system takes: Windows, macOS, and disks in FAT and ext4.

The rules are those of Windows where they are the strictest ("Naming Files, Paths, and Namespaces", Microsoft): signs
and names that are reserved, no full stop or space at the end; and 255 bytes a name on Linux, of which some are left
for endings and volumes.
"""

from __future__ import annotations

import re
import unicodedata

MOST_BYTES = 200  # of 255, in UTF-8; "-volume-1000.kepub.epub" comes behind
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)", re.I)
_OTHERS = re.compile(r'[:/\\|*?"<>]')
SIGNS = {":": "-", "/": "-", "\\": "-", "|": "-", "*": "-", "?": "", '"': "'", "<": "‹", ">": "›"}


def safe_name(text: str) -> str:
    """A text as the name of a file or folder; "" where nothing of it can be one.

    Letters stay what they are, in NFC; an accent is never parted from its letter.
    """
    name = unicodedata.normalize("NFC", text)
    name = re.sub(r": +", " - ", name)
    if _OTHERS.search(name) or not name.isprintable():
        name = "".join(SIGNS.get(c, c if c.isprintable() else "_") for c in name)
    name = " ".join(name.split()).lstrip(". ").rstrip(". ")
    name = _shortened(name).rstrip(". ")
    return f"{name[:3]}_{name[3:]}" if RESERVED.match(name) else name


def _shortened(name: str) -> str:
    """The beginning of a name that is too long, up to a word's end where one is near."""
    if len(name.encode()) <= MOST_BYTES:
        return name
    cut = name.encode()[:MOST_BYTES].decode("utf-8", "ignore")
    while cut and (unicodedata.combining(name[len(cut)]) or name[len(cut)] == "\N{ZERO WIDTH JOINER}"):
        cut = cut[:-1]
    words = cut.rpartition(" ")[0]
    return words if len(words) > len(cut) * 2 // 3 else cut
