"""Words that are searched for, and the words of books in which they are found."""

from __future__ import annotations

import re
import unicodedata

from converter.shelf.plain_names import without_strokes

MOST_FOUND = 2_000  # of the newest that have a word with such a beginning: letters alone are in every book
MOST_WORDS = 12  # of what is searched for
_WORD = re.compile(r"[\w]+(?:['’][\w]+)*")
_SPACELESS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff]")
FIRST_SIGN = 0x2190  # arrows, stars, emoji begin here; signs like © and ™ stand before, and belong to their words
_ARTICLE = re.compile(  # the Arabic one, and what is written with it: "and the", "for the"
    r"(?<!\w)[\u0648\u0628\u0643\u0641]?(?:\u0627\u0644|\u0644\u0644)(?=\w\w)"
)


_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")


def to_be_found(said: str) -> str:
    """What a book says, and behind it the words as people type them that stand there with a stroke or an apostrophe,
    as a ligature, or behind an article that is written with them. Accents are the database's business."""
    plain = _ARTICLE.sub("", without_strokes(said))
    known = set(said.split())
    joined = [_APOSTROPHE.sub("", word) for word in plain.split() if _APOSTROPHE.search(word)]
    more = [word for word in (*plain.split(), *joined) if word not in known]
    return " ".join([said, *more]) if more else said


def searched(words: str) -> list[tuple[str, object]]:
    """The conditions that a search makes: every word begins a word of the book. What has no spaces between its words is
    looked for as it stands, and so are emoji and other signs that the index of words leaves out."""
    found = _WORD.findall(words)[:MOST_WORDS]
    signs = [sign for sign in dict.fromkeys(words) if ord(sign) >= FIRST_SIGN and unicodedata.category(sign) == "So"]
    spaceless = [word for word in found if _SPACELESS.search(word)]
    plain = [word for word in found if word not in spaceless]
    conditions: list[tuple[str, object]] = [
        ("(title || authors || series || tags || summary) LIKE ? ESCAPE '!'", f"%{_escaped(word)}%")
        for word in (*spaceless, *signs[:MOST_WORDS])
    ]
    if plain:
        asked = " AND ".join(map(_begun_by, plain))
        short = all(len(word) == 1 for word in plain)
        asked = f"{{title people series}} : ({asked})" if short else asked
        conditions.append(
            (f"id IN (SELECT rowid FROM found WHERE found MATCH ? ORDER BY rowid DESC LIMIT {MOST_FOUND})", asked)
        )
    return conditions or [("0 = ?", 1)]


def _begun_by(word: str) -> str:
    """What finds words that begin so, with strokes or without."""
    plain = without_strokes(word)
    return f'"{word}"*' if plain == word else f'("{word}"* OR "{plain}"*)'


def _escaped(word: str) -> str:
    return re.sub(r"([!%_])", r"!\1", word)
