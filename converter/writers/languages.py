"""Language tags as XML, EPUB and readers accept them, and the direction in which a language is written."""

from __future__ import annotations

import re

from converter.document.patterns import regex

UNDETERMINED = "und"  # BCP 47's own word for "nobody said"

# RFC 5646 section 2.1 without the grandfathered tags: language, script, region, variants, extensions, private use.
_TAG = regex(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)
_RTL_LANGUAGES = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}
)
_RTL_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


def well_formed_tag(text: str) -> str:
    """The text as a well-formed BCP 47 tag ("en_GB" becomes "en-GB"), or "" when it is none."""
    tag = text.strip().replace("_", "-")
    return tag if _TAG.fullmatch(tag) else ""


def direction(tag: str) -> str:
    """ "rtl" or "ltr": by the script where the tag names one, else by the language."""
    parts = tag.lower().split("-")
    scripts = [p for p in parts[1:4] if len(p) == 4 and p.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RTL_SCRIPTS else "ltr"
    return "rtl" if parts[0] in _RTL_LANGUAGES else "ltr"


_UPRIGHT = frozenset(
    "ar arc ckb dv fa he iw ji ps sd syr ug ur yi ja zh yue ko th lo my km am ti hi mr ne bn ta te kn ml gu pa si ka hy"
    .split()
)  # fmt: skip


def has_italics(tag: str) -> bool:
    """Whether the language is written in a script that has italics; others only look slanted, and broken."""
    return tag.partition("-")[0].lower() not in _UPRIGHT


_UNSPACED = frozenset("th lo km my shn mnw nod bo dz".split())


def is_unspaced(tag: str) -> bool:
    """Whether the language puts a space between sentences or clauses, none between words, and no sign into a square of
    its own. A justified line of it has two or three gaps to stretch, or none: it is set ragged (W3C, Thai Layout
    Requirements; Khmer and Lao Gap Analysis)."""
    return tag.partition("-")[0].lower() in _UNSPACED


_INDIAN = frozenset("hi mr ne sa bho mai mag kok doi brx bn as or gu pa ta te kn ml si".split())
_INDIAN_SCRIPTS = frozenset({"deva", "beng", "orya", "gujr", "guru", "taml", "telu", "knda", "mlym", "sinh"})


def is_indian(tag: str) -> bool:
    """Whether the language is written in a script of India, whose letters and vowel signs are drawn together in several
    glyphs: by the script where the tag names one, else by the language."""
    parts = tag.lower().split("-")
    scripts = [p for p in parts[1:4] if len(p) == 4 and p.isalpha()]
    return scripts[0] in _INDIAN_SCRIPTS if scripts else parts[0] in _INDIAN
