"""Signs that stay on the line of their word: dashes, and the signs of repetition and abbreviation of Thai and Lao.

In come a text, what stands before it on its line, the language; out comes the text with word joiners and no-break
spaces, which no reader sees.
"""

from __future__ import annotations

from converter.document.patterns import regex
from converter.writers.languages import is_unspaced

WORD_JOINER = "\u2060"
NO_BREAK_SPACE = "\u00a0"
BREAKS_ANYWHERE = frozenset(["zh", "ja", "ko", "th"])
_AFTER_WORD = regex(r"([—–])(?<=[^\s—–\u2060].)")
_OPENS_SPEECH = regex(r"([—–])(?<=\s.)(?=[^\s—–\u2060])")  # "dijo —y calló—": the dash stays with its word
_AFTER_SPACE = regex(r"(?<=\S) (?=[—–](?:[\s”’»\"]|$))")
_DASH_OF_JAPANESE = regex(r"(?<=[^\s―—\u2060])(?=[―—])")
_REPEATS = regex(r"(?<=\S)( ?)(?=[\u0e2f\u0e46\u0eaf\u0ec6])")  # "again", "and so on"
_EAST = "\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_LAST_SIGN = regex(rf"(?<=[{_EAST}])[{_EAST}][^\w\s]{{0,4}}$")
END = 6  # characters: two signs and what closes a sentence


def last_sign_held(text: str) -> str:
    """The text of a paragraph with its last sign of Han, kana or hangul joined to the one before: lines end between any
    two of them, and one with its full stop could be all that a last line has."""
    end = text[-END:]
    if not end or max(end) < "\u3041" or not (found := _LAST_SIGN.search(end)):
        return text
    at = len(text) - len(end) + found.start()
    return f"{text[:at]}{WORD_JOINER}{text[at:]}"


def joined_signs(text: str, before: str, language: str) -> str:
    """The text with what keeps such signs on the line of their word.

    A word joiner stands behind the word that a dash follows, or before one that it opens, a no-break space before a
    dash that stands between two: Standard Ebooks' manual (8.7.7) has the rule. Scripts that break lines between any two
    signs keep their own, and a dash that opens what is said may open a line; but in Japanese a dash within a sentence
    begins none. In Thai and Lao a sign of repetition or abbreviation begins no line, with a space
    before it or none (W3C, Thai Gap Analysis): not every dictionary knows.
    """
    if is_unspaced(language):
        last = before[-1:]
        text = _REPEATS.sub(lambda found: NO_BREAK_SPACE if found[1] else WORD_JOINER, last + text)[len(last) :]
    if language[:2] == "ja" and ("―" in text or "—" in text):
        last = before[-1:]
        return _DASH_OF_JAPANESE.sub(WORD_JOINER, last + text)[len(last) :]
    if ("—" not in text and "–" not in text) or language[:2] in BREAKS_ANYWHERE:
        return text
    last = before[-1:]
    joined = _AFTER_WORD.sub(rf"{WORD_JOINER}\1", last + text)
    if " —" in joined or " –" in joined:
        joined = _AFTER_SPACE.sub(NO_BREAK_SPACE, joined)
    return _OPENS_SPEECH.sub(rf"\1{WORD_JOINER}", joined)[len(last) :]
