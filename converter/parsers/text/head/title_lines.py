"""The words of a title: on one line with the author's name, over several lines, in capitals, in spaced letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from converter.document.patterns import regex
from converter.parsers.text.head.story_words import StoryWords, title_words
from converter.parsers.text.lines.rows import may_end_paragraph
from converter.recognisers.headings.families import title_key
from converter.recognisers.metadata.author_lines import WORD
from converter.recognisers.metadata.names import LONGEST_NAME, PARTICLES, byline, is_by, is_person, title_by
from converter.recognisers.vocabulary import listed_words

FEW_FORMS = frozenset("fr es it pt ca nl sv da nb no".split())  # languages whose names have one form
SMALL_TURKISH = frozenset(listed_words("titles", "small_here", "tr"))
LONGEST_NUMBER = 6  # letters of a king's
LONGEST_SUFFIX = 3  # letters before the full stop of a name: "Esq."
SMALL = frozenset(listed_words("titles", "small"))  # words in a title
JOINING = SMALL - {"the", "a", "an"}  # that join two lines of one
_SPACED = regex(r"[^\W\d_](?: [^\W\d_]){3,}(?:\s{2,}[^\W\d_](?: [^\W\d_])*)*", within=LONGEST_NAME)
HYPHENS = ("-", "\u2010", "\u2011")
ROMAN = regex(r"(?=[CLXVI])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_WORD_SPACE = regex(r"\s{2,}")
_QUOTED = regex(r"[\"“”„«\[]([^\"“”„«»\[\]]{2,80})[\"“”«»\]]")


def title_and_author(text: str, *, announced: bool) -> tuple[str, str]:
    """`The Salt Road, by Ada Thorn` on one line: most words of the title are capitals, and the name is one. Above the
    facts of a head (`announced`) the name may be a handle, and all of it in small letters."""
    title, author = title_by(text)
    if not title or not is_person(author, handle=announced):
        return "", ""
    quoted = _QUOTED.fullmatch(title)
    title = quoted[1] if quoted else title
    if re.search(r"[,;.!?]\s", title) or (may_end_paragraph(title) and not quoted):
        return "", ""
    words = title.split()
    large = sum(w[0].isupper() or w[0].isdigit() for w in words)
    return (title, author) if announced or (2 * large >= len(words) and words[0][0].isupper()) else ("", "")


def same_title(a: str, b: str) -> bool:
    """Whether two lines say one title, the shorter perhaps without its article or its end."""
    ka, kb = title_key(a), title_key(b)
    if not ka or not kb:
        return False
    short, long = sorted((ka.removeprefix("the"), kb.removeprefix("the")), key=len)
    return short == long or (len(short) >= 6 and len(short) > 0.6 * len(long) and short in long)


def is_name_of(author: str, text: str) -> bool:
    """The author's name as the title page has it: alone, or with capitalised words beside it ("Sir Arthur ...")."""
    if not author or len(text.split()) > 6 or len(text) > LONGEST_NAME:
        return False
    name = re.sub(r"^by\s+", "", text, flags=re.I)
    own = [w.casefold() for w in re.findall(r"[^\W\d_]+", author)]
    words = [w.casefold() for w in re.findall(r"[^\W\d_]+", name)]
    if not words:
        return False
    if len(own) < 2:
        return bool(own) and words == own and not re.search(r"[?!]", name)
    if _is_sentence(name, author):
        return False
    rest = iter(words)
    return all(w in rest for w in own) or f"{own[-1]}, {' '.join(own[:-1])}" == name.casefold()


def _is_sentence(name: str, author: str) -> bool:
    """Whether the words around a name make it a sentence of the story: a small word, another sign than those of
    initials, or a full stop after a word."""
    words = re.findall(r"[^\W\d_]+", name)
    own = [w.casefold() for w in re.findall(r"[^\W\d_]+", author)]
    last = words[-1].casefold()
    if re.search(r"[?!:;\"“”…]", name):
        return True
    if name.endswith(".") and not name.isupper() and (last in own or len(last) > LONGEST_SUFFIX):
        return True
    return any(w.islower() and w not in author and w not in PARTICLES for w in words)


def lines_of_title(lines: Sequence[str]) -> int:
    """How many of these lines, from the first on, are one title: small words join them ("THE VOYAGE / OF / THE OX")."""
    count = 1
    while count < len(lines) and _joins(lines[count - 1], lines[count]):
        count += 1
    return count


def _joins(line: str, following: str) -> bool:
    if byline(following) or is_by(following) or not title_words(line) or not title_words(following):
        return False
    edges = (line.rsplit(maxsplit=1)[-1], following.split(maxsplit=1)[0])
    if line.isupper() and following.isupper():
        return any(word.casefold() in JOINING for word in edges)
    return any(word in JOINING for word in (line, following))


def closed_up(text: str) -> str:
    """A title in spaced letters as its words: "A S H   F A L L" -> "ASH FALL"."""
    return " ".join(w.replace(" ", "") for w in _WORD_SPACE.split(text)) if _SPACED.fullmatch(text) else text


def title_case(text: str, language: str, story: StoryWords) -> str:
    """A title in capitals as it would be written elsewhere; any other as it is, and one of which that is not sure."""
    if not text.isupper() or len(text) < 4:
        return text
    tag = language.partition("-")[0]
    if named := story.named_in_file(WORD.findall(text)):
        return _with_words(text, named)
    if tag == "tr":
        words = [w[0] + w[1:].replace("İ", "i").replace("I", "ı").lower() for w in text.split()]
    elif tag == "en":
        words = [w if re.fullmatch(r"[IVXLC]+\W?", w) else _capitalised(w) for w in text.split()]
    else:
        return _as_told(text, story, tag)
    small = SMALL_TURKISH if tag == "tr" else SMALL
    cased = [
        w.lower() if i and w.lower() in small and not words[i - 1].endswith(":") else w for i, w in enumerate(words)
    ]
    return " ".join(cased)


def _capitalised(word: str) -> str:
    """A word with its first letter large, also behind a quotation mark."""
    at = next((k for k, c in enumerate(word) if c.isalnum()), 0)
    return word[: at + 1].upper() + word[at + 1 :].lower()


def _as_told(text: str, story: StoryWords, tag: str) -> str:
    """A title in capitals with each word as the story writes it. Where names have one form only these keep a capital;
    elsewhere a title with a word that the story lacks stays as it is."""
    words = list(WORD.finditer(text))
    if tag not in FEW_FORMS:
        told = [story.recased(m[0]) for m in words]
        return _with_words(text, told) if all(told) else text
    vocabulary = "nb" if tag == "no" else tag
    small = frozenset(listed_words("titles", "small_here", vocabulary))
    before_names = frozenset(listed_words("titles", "named", vocabulary))
    gaps = [text[a.end() : b.start()] for a, b in pairwise(words)]
    named = [_is_name(words, gaps, k, small, before_names) for k in range(len(words))]
    told = [_as_written(m[0], story, small, name=name) for m, name in zip(words, named, strict=True)]
    for k in range(len(words) - 2, -1, -1):  # Saint-Gildas, whatever a saint is
        joined = gaps[k] in HYPHENS and words[k][0].casefold() not in small
        if joined and not told[k + 1][0].islower():
            told[k] = told[k][0].upper() + told[k][1:]
    return _with_words(text, told)


def _is_name(
    words: Sequence[re.Match[str]], gaps: Sequence[str], k: int, small: frozenset[str], before_names: frozenset[str]
) -> bool:
    """Whether what stands around a word of a title says that it is a name: "don" before it, a king's number behind it,
    hyphens and small words in a place's ("CHÂLONS-SUR-MARNE")."""
    folded = [m[0].casefold() for m in words]
    if folded[k] in small:
        return False
    if k and folded[k - 1] in before_names:
        return True
    if k + 1 < len(words) and gaps[k] == " " and len(words[k + 1][0]) <= LONGEST_NUMBER:
        return ROMAN.fullmatch(words[k + 1][0]) is not None and folded[k + 1] not in small
    behind = k + 2 < len(words) and set(gaps[k : k + 2]) <= set(HYPHENS) and folded[k + 1] in small
    before = k > 1 and set(gaps[k - 2 : k]) <= set(HYPHENS) and folded[k - 1] in small
    return behind or before


def _as_written(word: str, story: StoryWords, small: frozenset[str], *, name: bool) -> str:
    """A word in capitals: as the story writes it in mid-sentence, where it does; else small, but for a `name`."""
    if told := story.recased(word):
        return told
    if name:
        return word.capitalize()
    return word if ROMAN.fullmatch(word) and word.casefold() not in small else word.lower()


def _with_words(text: str, words: Sequence[str]) -> str:
    """The text with these words in the places of its own, the first with a capital."""
    rest = iter(words)
    recased = WORD.sub(lambda _: next(rest), text)
    at = next((k for k, c in enumerate(recased) if c.isalpha()), 0)
    return recased[:at] + recased[at : at + 1].upper() + recased[at + 1 :]
