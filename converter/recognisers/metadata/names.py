"""People as files name them: what is a name, what stands beside one and is none of it, and what says "by"."""

from __future__ import annotations

import re
from unicodedata import category

from converter.document.far_letters import has_far_letters
from converter.document.patterns import regex
from converter.recognisers.vocabulary import either, listed_words
from converter.recognisers.vocabulary.guards import opens_with

LONGEST_BESIDE = 300  # characters of what stands where a name stands
NAME_LONGEST = 6  # words of a name
LONGEST_NAME = 60  # characters
LONGEST_VALUE = 500  # characters of a field that holds names
BYLINE_LONGEST = 300  # characters
BY_ALONE_LONGEST = 40
BARE_WORDS, LEAST_BARE = 4, 2  # words of a name that nothing announces
LONGEST_SPACELESS = 8  # signs of such a name in a script without spaces
TITLE_LONGEST = 80  # characters of a title with a name behind it on one line
MOST_PERSONS = 12  # who write one book
_BEHIND_NAME = frozenset(listed_words("names", "suffixes"))
_EPITHETS = tuple(f" {words}" for words in listed_words("names", "epithets"))
PARTICLES = frozenset(listed_words("names", "particles"))  # of a name, before its last word: "van", "de"
SECOND_PARTICLES = frozenset(listed_words("names", "second_particles"))  # behind another one: "de la", "von zu"
OF_NAMES = PARTICLES | SECOND_PARTICLES
NAME_WORD = regex(r"(?:[^\W\d_]\.)+|[^\W\d_](?:[^\W\d_]|['’\-.])*")
IN_NAMES = OF_NAMES | frozenset(listed_words("names", "joiners"))  # what may be small where names stand
_NOBODY = regex(either("names", "nobody"), re.I, LONGEST_NAME)
_MACHINE = regex(either("names", "machine"), re.I, LONGEST_NAME)
_NO_NAME = frozenset(listed_words("names", "no_name"))
_BESIDE_NAME = regex(
    r"\s*[(<\[{]\s*(?:mailto:)?[^\s@]+@[^\s@]+\s*[)>\]}]|\s+\S+@\S+\.\S+$|\s+»\s.*$", within=LONGEST_BESIDE
)
_PUPIL = either("names", "pupil")
_CLASS = regex(
    rf"\s*[,(–—-]\s*(?:{_PUPIL}\s*\d{{1,2}}\s?[a-z]?|\d{{1,2}}(?:st|nd|rd|th|\.|ª|º)?\s?[a-z]?\s*{_PUPIL}|\d{{1,2}}[a-z])\)?\s*\Z",
    re.I,
    LONGEST_BESIDE,
)  # behind a child's name: ", class 4b", "(age 9)"
_FOR_WHOM = regex(rf"\s+{either('names', 'for_whom')}\s+(?-i:[a-z]).*$", re.I, LONGEST_BESIDE)
_BY = either("names", "by")
_OPENS = either("names", "by_opens")
_HELPS = f"{either('names', 'edits')}|{either('names', 'draws')}"  # what people did who are not the author
_OF_A_KIND = rf"(?:{_OPENS}|{_HELPS}|(?:{either('names', 'kind_articles')}\s+)?{either('names', 'kinds')})"
_NAMED = r"(?:\s*[:|／/・：]\s*|\s+)(\S.*)\Z"
# Three patterns, as most lines are none of them, and most of the others begin with "by".
_BYLINE = regex(rf"{_BY}{_NAMED}", re.I, BYLINE_LONGEST, opens_with(("names", "by")))
_AUTHOR_LABEL = regex(
    rf"{either('fields', 'author')}\s*[:：|／]\s*(\S.*)\Z", re.I, BYLINE_LONGEST, opens_with(("fields", "author"))
)
_OF_A_KIND_BY = regex(
    rf"{_OF_A_KIND}\s+(?:{_BY}{_NAMED}|(?:{either('names', 'by_behind_kind')}\s+|d['’])(\S.*)\Z)",
    re.I,
    BYLINE_LONGEST,
    opens_with(("names", "by_opens", "edits", "draws", "kind_articles", "kinds")),
)
_BY_BEHIND_KIND = regex(
    rf"{either('names', 'by_kinds')}\s+{_BY}\s+(\S.*)\Z", re.I, BYLINE_LONGEST, opens_with(("names", "by_kinds"))
)
_BY_LAST = regex(
    rf"(\S.{{1,30}}?)\s*[\s/／]\s*{either('names', 'by_last')}\Z", re.I, BYLINE_LONGEST, needs=has_far_letters
)
_PEN_NAME = regex(r"(?:@|/?u/)?[^\W\d_][\w.'’\-־]{0,30}(?:\s[^\W\d_][\w.'’\-־]{0,30}){0,3}\Z", within=LONGEST_NAME)
_SELF = regex(rf"{either('names', 'by_self')}\s[(\[](?P<name>[^()\[\]]{{2,40}})[)\]]", re.I, LONGEST_NAME)
_HANDLE = regex(r"(?:@|/?u/)(?=\w)")
_INITIAL_LAST = regex(r"\b(?:[^\W\d_]|[JS]r)\.\Z")
_NOT_IN_BARE = {*listed_words("names", "no_author"), *listed_words("titles", "small")} - PARTICLES - SECOND_PARTICLES
_GENITIVE = regex(
    rf"(?:{_OPENS}\s+)?(?:({either('names', 'by_feminine')})|{either('names', 'by_masculine')})\s+(\S.*)\Z",
    re.I,
    BYLINE_LONGEST,
    opens_with(("names", "by_opens", "by_feminine", "by_masculine")),
)
_may_say_by = opens_with(  # any of the bylines but the one with its word last
    ("names", "by", "by_opens", "edits", "draws", "kind_articles", "kinds", "by_kinds", "by_feminine", "by_masculine"),
    ("fields", "author"),
)
_SMALL_ARTICLE = regex(r"(?:a|an)\s+[^\W\d_]", re.I)
_BY_ALONE = regex(rf"[\W_]*(?:{_OPENS}\s+)?(?:{_BY}|{either('names', 'by_alone')})[\W_]*\Z", re.I, BY_ALONE_LONGEST)
_TITLE_BY = regex(
    r"(.{2,80}?),?\s+by\s+([^\W\d_][\w.'’\- ]{2,40}?)(?:\s*[\[(]\d{4}[\])])?\s*\Z", re.I, 2 * TITLE_LONGEST
)
NAME = regex(r"[^\W\d_][\w'’.\-־]*(?:[ ]+(?:[^\W_][\w'’.\-־]*|[&,]))*\Z")
IN_BRACKETS = regex(r"(?:(?<!\s)\s+)?[\[(].*?[\])]", within=LONGEST_VALUE)
SURNAME_FIRST = regex(r"([^\W\d_][\w'’\-]+(?: [^\W\d_][\w'’\-]+)?), ([^\W\d_][\w.'’\-]*(?:\s[^\W\d_][\w.'’\-]*)*\s?)")
TITLE_LAST = regex(rf"(.+,.+), ({either('names', 'titles')}\.?)", re.I, LONGEST_VALUE)
BETWEEN_NAMES = regex(r"(?:(?<!\s)\s+)?;\s*|(?<!\s)\s+(?:&|and|und|et)\s+")
_FIRM = frozenset(listed_words("names", "firm"))  # what stands behind "and" in the name of a house
_TITLED = regex(
    rf"(?:{either('names', 'title_articles')}\s)?(?:{either('names', 'titles')}\.?\s){{1,3}}", re.I, LONGEST_NAME
)


def is_nobody(name: str) -> bool:
    """Whether a site wrote this where it knows no author: "admin", "Unknown"."""
    return _NOBODY.fullmatch(name.strip()) is not None


def is_noted_person(name: str) -> bool:
    """Whether the author that a program notes in a document is a person with first and last name, and no machine or
    account: "Owner", "Windows User", "Dell", "ada77"."""
    named = name.strip()
    if len(named) > LONGEST_NAME or any(map(str.isdigit, named)) or is_nobody(named) or _MACHINE.fullmatch(named):
        return False
    called = clean_name(named)
    return len(called.split()) > 1 and "@" not in called and is_person(called)


def bare_name(name: str) -> str:
    """A name without the address beside it ("(ada@island.example)"), what a forum sets after it ("» 3 May 2008"), or a
    child's class or age (", class 4b")."""
    bare = _BESIDE_NAME.sub("", name).strip()
    bare = _CLASS.sub("", bare) if any(map(str.isdigit, bare)) else bare
    return bare or name


def clean_name(name: str) -> str:
    """A person's name without quotes, brackets and life dates; CAPITALS turned to ordinary writing."""
    bare = (IN_BRACKETS.sub("", name) if "[" in name or "(" in name else name).strip(' ,;*_"“”-–—~')
    name = bare.strip(". ")
    name += "." if bare.endswith(".") and " " in name and _INITIAL_LAST.search(bare) else ""
    if any(map(str.isdigit, name)):
        name = re.sub(r",?\s(?:1[89]|20)\d\d\Z", "", name)
        name = re.sub(r"(?:,\s*|(?<!\s)\s+)?\b1[5-9]\d\d\??\s*[-–]\s*(?:1[5-9]\d\d|20\d\d)?\??", "", name)
    name = name.strip(" ,")
    if "," in name and " and " not in name:
        titled = TITLE_LAST.fullmatch(name)
        if m := SURNAME_FIRST.fullmatch(titled[1] if titled else name):
            name = f"{titled[2]} {m[2].strip()} {m[1]}" if titled else f"{m[2].strip()} {m[1]}"
    return name.title().replace("’S", "’s").replace("'S", "'s") if name.isupper() and len(name) > 4 else name


def split_names(value: str) -> list[str]:
    """Several names in one value: parted by `&`, `and`, `;`, or commas between full names. A single comma alone stands
    behind a surname."""
    parts = _between_joints(value.strip())
    names: list[str] = []
    for part in parts:
        pieces = _between_commas(part)
        listed = len(pieces) > 2 or (len(parts) > 1 and len(pieces) > 1)
        names += pieces if listed and all(map(_is_full, pieces)) else [part]
    return names


def _between_joints(value: str) -> list[str]:
    """A text parted at its "and"s and semicolons, but for those within a name: "Harrow and Sons"."""
    parts: list[str] = []
    start = end = 0
    for joint in (*BETWEEN_NAMES.finditer(value), None):
        part = value[end : joint.start() if joint else len(value)].strip(" ,")
        within = bool(parts) and ";" not in value[start:end] and _joins_one_name(parts[-1], part)
        if within:
            parts[-1] += f"{value[start:end]}{part}"
        elif part:
            parts.append(part)
        start, end = joint.span() if joint else (end, end)
    return parts


def _joins_one_name(before: str, behind: str) -> bool:
    """Whether what stands on either side of an "and" is one name: a house's, or the second half of a noble one, which
    no forename stands before."""
    words = before.split()
    if behind.casefold().strip(".") in _FIRM:
        return True
    noble = any(w.casefold() in OF_NAMES for w in words[1:-1])
    return noble and len(behind.split()) == 1 and not behind.islower()


def _between_commas(part: str) -> list[str]:
    """A text parted at its commas; what follows a name ("Jr.") stays with it."""
    pieces: list[str] = []
    for piece in map(str.strip, part.split(",")):
        if pieces and piece.strip(".").casefold() in _BEHIND_NAME:
            pieces[-1] += f", {piece}"
        elif piece:
            pieces.append(piece)
    return pieces


def _is_full(name: str) -> bool:
    """Whether a name has a first and a last part, or is written without a space between them."""
    return len(name.split()) > 1 or (len(name) > 1 and all(map(_is_spaceless, name)))


def is_person(name: str, *, handle: bool = False) -> bool:
    """Whether the words after "by" are somebody: capitals, initials and particles, at most six words.

    `handle` lets a single word in small letters pass, where its place already says what it is.
    """
    if "," in name and len(several := split_names(name)) > 1:
        return len(several) <= MOST_PERSONS and all(_is_full(one) and is_person(one) for one in several)
    called = " ".join(_without_marks(clean_name(name)).split())
    called = next((called[: -len(e)] for e in _EPITHETS if called.casefold().endswith(e)), called)
    titled = _TITLED.match(called)
    parts = (called[titled.end() :] if titled else called).split()
    if not 0 < len(parts) <= NAME_LONGEST or not NAME.match(" ".join(parts)):
        return False
    if parts[0].casefold() in _NO_NAME or parts[-1].casefold() in _NO_NAME:
        return False
    if len(parts) == 1 and parts[0].islower():
        return handle or bool(re.search(r"[\d_]", parts[0]))
    return all(_stands_in_name(part) for part in parts)


def _without_pictures(text: str) -> str:
    """A name without the pictures that people set beside theirs."""
    return (
        text
        if text.isascii()
        else "".join(c for c in text if category(c) not in ("So", "Cf") and c != "\ufe0f").strip()
    )


def _without_marks(text: str) -> str:
    """A text without the vowels and marks that stand above and below letters: to Python's patterns they are none."""
    return text if text.isascii() else "".join(c for c in text if not category(c).startswith("M"))


def _stands_in_name(part: str) -> bool:
    """Whether a word may be one of a name: it has a capital, or a script without capitals, or is a particle."""
    first = part[0]
    return not first.islower() or part.casefold() in IN_NAMES or _is_elided(part) or _is_joined(part)


def _is_joined(part: str) -> bool:
    """Whether a hyphen joins a particle with a name: "al-Zahra"."""
    before, _, name = part.partition("-")
    return before.casefold() in IN_NAMES and name[:1].isupper()


def _is_elided(part: str) -> bool:
    """Whether a particle has lost its vowel before a name: "d'Orly"."""
    before, _, name = part.replace("’", "'").partition("'")
    return before.isalpha() and name[:1].isupper()


def byline(line: str) -> str:
    """The words behind the "by" with which a line begins ("Written by Ada Thorn", "Autor: Ada Thorn"); else ""."""
    if not _may_say_by(line, 0):
        last = _BY_LAST.match(line)
        return last[1] if last else ""
    if inflected := _GENITIVE.match(line):
        return _nominative(inflected[2], "feminine" if inflected[1] else "masculine")
    if named := _OF_A_KIND_BY.match(line):
        return named[1] or named[2]
    named = _BYLINE.match(line) or _AUTHOR_LABEL.match(line) or _BY_LAST.match(line) or _BY_BEHIND_KIND.match(line)
    return named[1] if named else ""


def pen_name(text: str) -> str:
    """The name in the words behind "by" on a title page, where their place says that somebody is named: a handle
    ("@lampmoth"), small letters ("a. thorn"), "A Lady"; else ""."""
    bare = _without_pictures(bare_name(text)).strip(" *_~-–—|")
    if own := _SELF.match(bare):  # "by me (Ada Thorn)"
        bare = own["name"].strip()
    if is_person(giver := _FOR_WHOM.sub("", bare).strip()):
        bare = giver
    if is_person(bare, handle=True):
        return bare if len(split_names(bare)) > 1 else clean_name(bare)
    handle = _HANDLE.sub("", bare)
    if not _PEN_NAME.match(bare) or any(w in _NO_NAME for w in handle.split()[1:]):
        return ""
    first = handle.split()[0].casefold()
    return handle if handle != bare or first not in _NO_NAME or _SMALL_ARTICLE.match(bare) else ""


def _nominative(name: str, gender: str) -> str:
    """A name as it is called, from the genitive behind "by": "Ζωής Βερνάρδου" -> "Ζωή Βερνάρδου". A woman's
    family name is a genitive itself."""
    words_of_name = name.split()
    endings = [entry.split() for entry in listed_words("names", gender)]
    for at, word in enumerate(words_of_name if gender == "masculine" else words_of_name[:1]):
        for genitive, nominative in endings:
            if word.endswith(genitive):
                words_of_name[at] = word.removesuffix(genitive) + nominative
                break
    return " ".join(words_of_name)


def is_bare_name(text: str, small: frozenset[str]) -> bool:
    """Whether a line that stands alone below a title is a name without "by": two to four words with capitals, initials
    and particles, not all of which the story also writes in small letters (`small`); in scripts without capitals two
    or three words, and in those without spaces a few signs."""
    words = text.split()
    if "," in text or any(map(str.isdigit, text)) or (text[-1:] in ".:;!?…" and not _INITIAL_LAST.search(text)):
        return False
    if all(map(_is_spaceless, "".join(words))):
        return 2 <= len("".join(words)) <= LONGEST_SPACELESS and len(words) <= 2
    named = [w for w in words if w.casefold() not in IN_NAMES]
    if len(words) < 2 or len(named) > BARE_WORDS or len(text) > LONGEST_NAME or not is_person(text):
        return False
    if any(w.casefold() in _NOT_IN_BARE for w in words) or text[0] in "\"'“‘":
        return False
    return len(named) >= LEAST_BARE and any(w.strip(".").casefold() not in small for w in named)


def _is_spaceless(sign: str) -> bool:
    """A letter of a script that sets no spaces between words."""
    return "\u3400" <= sign <= "\u9fff" or "\u3040" <= sign <= "\u30ff" or "\uac00" <= sign <= "\ud7a3" or sign == "・"


def author_in(line: str) -> str:
    """The name of somebody behind a line's "by", without the address beside it; "" for "By the Sea"."""
    name = bare_name(byline(line))
    return name if is_person(name, handle=True) else ""


def is_by(line: str) -> bool:
    """Whether a line holds only the "by" of the name below it."""
    return _BY_ALONE.match(line) is not None


def title_by(line: str) -> tuple[str, str]:
    """Title and author of a line that has both ("The Salt Road, by Ada Thorn (1901)"); else two empty strings."""
    named = _TITLE_BY.match(line)
    return (named[1], named[2]) if named else ("", "")
