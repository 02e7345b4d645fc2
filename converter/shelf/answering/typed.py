"""What somebody typed, without what nobody sees."""

from __future__ import annotations

import unicodedata

JOINERS = "\u200c\u200d\u200e\u200f\u061c"  # which some scripts, and emoji, can't do without
TAGS = range(0xE0020, 0xE0080)  # of flags


def one_line(text: str) -> str:
    """A text in one line, without signs for machines; "" where nobody would see any of it."""
    plain = "".join(_shown(sign) for sign in text)
    return " ".join(plain.split()) if any(_is_seen(sign) for sign in plain) else ""


def _shown(sign: str) -> str:
    match unicodedata.category(sign):
        case "Cc" | "Zl" | "Zp":
            return " "
        case "Cs":
            return ""
        case "Cf":
            return sign if sign in JOINERS or ord(sign) in TAGS else ""
    return sign


def _is_seen(sign: str) -> bool:
    return not sign.isspace() and unicodedata.category(sign) != "Cf"
