"""Scripts: which writing a text is in, and which language's forms of Han characters it wants."""

from __future__ import annotations

import unicodedata

from converter.document.record import dataclass

HAN = ("CJK", "IDEOGRAPHIC", "KANGXI")
KANA = ("HIRAGANA", "KATAKANA", "HALFWIDTH")
HANGUL = ("HANGUL",)
"""First words of Unicode names."""


@dataclass(frozen=True, slots=True)
class Script:
    """`name` is the first word of its letters' Unicode names, `region` the language whose forms of Han characters are
    wanted ("" for other scripts)."""

    name: str
    region: str = ""


def script_of(char: str, language: str) -> Script:
    """The script of a letter, a digit or a mark, in a text of this language."""
    name = unicodedata.name(char, "").split(" ")[0].split("-")[0]
    return Script("CJK", language) if name in HAN + KANA + HANGUL + ("BOPOMOFO",) else Script(name)


def language_of_forms(text: str, language: str) -> str:
    """The language tag that a text is set in: the given one, unless its letters are Chinese, Japanese or Korean and
    tell another.

    Kana is Japanese and hangul Korean whatever the tag says. Han alone is what the tag says if that is one of the
    three; without a tag that tells, it's traditional Chinese when only the traditional standard (Big5) has all of it.
    """
    names = {unicodedata.name(c, "").split(" ")[0].split("-")[0] for c in text if c.isalpha()}
    if names & set(KANA):
        return "ja"
    if names & set(HANGUL):
        return "ko"
    if not names & set(HAN):
        return language
    tag = language.casefold()
    if tag.split("-")[0] in ("ja", "ko") or tag.startswith(("zh-", "yue")):
        return "zh-Hant" if tag in ("zh-tw", "zh-hk", "zh-mo", "yue") else language
    return "zh-Hant" if _has_all("big5", text) and not _has_all("gb2312", text) else "zh-Hans"


def _has_all(encoding: str, text: str) -> bool:
    han = "".join(c for c in text if "\u4e00" <= c <= "\u9fff")
    return bool(han) and len(han.encode(encoding, "ignore")) == 2 * len(han)
