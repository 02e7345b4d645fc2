"""Which part of a page's title names the work, and which of its chapters it has: "The Ox - Chapter 3: Rain | Site",
"Chapter 3 - Rain | The Ox | Site", "The Ox Chapter 3"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from converter.document.patterns import regex
from converter.recognisers.headings.forms import Form, read_form
from converter.recognisers.headings.words import Lexicon
from converter.recognisers.language.scripts import script_of
from converter.recognisers.metadata.tab_title import letters_of, parting, same_letters

LONGEST = 300  # characters of such a title
STRONG = frozenset("|»«❯>_\\")  # signs that part more than a dash does
BETWEEN = 2  # strengths: of a dash, of a colon
GAP = regex(r"\S[\s,:–—|-]+(?=\S)", within=LONGEST)
COLON = regex(r"(?<=[^\s:]): ")
TAIL = regex(r"\s*[＜〈《【(（\[［]([^＜〈《【(（\[［]{1,80})[＞〉》】)）\]］]\s*\Z", within=LONGEST)
IN_BOOK_MARKS = regex(r"\A[《『]([^《》『』]{1,80})[》』][\s_|·-]*(.*)\Z", within=LONGEST)
QUOTED = regex(r"\A[^\"«“]{0,40}[\"«“]([^\"«»“”]{1,120})[\"»”][\s_|·–—-]*(.*)\Z", within=LONGEST)
FRAMES = ("prologue", "epilogue", "interlude")  # what stands alone and is a chapter in any title
WORDS_BEFORE = 12  # words of a work's title before the word of its chapter


class TitleNames(NamedTuple):
    """What a title names; "" where it does not say."""

    work: str = ""
    chapter: str = ""
    behind: bool = False  # the work stands behind the chapter, where the site stands, too


class TitlePart(NamedTuple):
    """A part of a title between two signs, with where it stands, and how strongly it is parted from the one before."""

    text: str
    start: int
    end: int
    strength: int = 0


class ShownLines(NamedTuple):
    """The short lines that a page shows, and their letters."""

    texts: tuple[str, ...] = ()
    letters: frozenset[str] = frozenset()

    def say(self, text: str) -> bool:
        """Whether one of the lines says just this."""
        return letters_of(text) in self.letters


def shown_lines(texts: Iterable[str]) -> ShownLines:
    """These lines, each once."""
    once = tuple(dict.fromkeys(texts))
    return ShownLines(once, frozenset(map(letters_of, once)))


def parts_of(title: str) -> list[TitlePart]:
    """The parts of a title, in order."""
    parts: list[TitlePart] = []
    start = strength = 0
    for sign in (*parting(title).finditer(title), None):
        end = sign.start() if sign else len(title)
        if title[start:end].strip():
            parts.append(TitlePart(title[start:end].strip(), start, end, strength))
        if sign:
            start, strength = sign.end(), _strength(sign[0].strip())
    return parts


def _strength(sign: str) -> int:
    if sign == ":":
        return 1
    return 3 if sign == "::" or sign[:1] in STRONG else BETWEEN


def read_title(title: str, lines: ShownLines, is_site: Callable[[str], bool], lex: Lexicon) -> TitleNames:
    """The work and the chapter that a title names; nothing where no part of it reads as a chapter.

    `lines` are short lines that the page shows: they tell how far a name goes. `is_site` knows the site's own name.
    """
    title = " ".join(title.split())
    if not title or len(title) > LONGEST:
        return TitleNames()
    parts = parts_of(title)
    own = [not is_site(part.text) for part in parts]
    at = _chapter_at(parts, own, lines, lex)
    if at < 0:
        return TitleNames()
    work, chapter = work_before(parts[at].text, lex)
    end = _chapter_end(title, parts, own, at, lines, lex)
    start = parts[at].start if not chapter else title.find(chapter, parts[at].start)
    if chapter and parts[end - 1].end == parts[at].end and end < len(parts) and parts[end].strength == 1:
        end += 1  # "The Ox, chapitre 2 : La pluie"
    chapter = title[start : parts[end - 1].end].strip() if start >= 0 else chapter
    rest = [p for i, p in enumerate(parts) if own[i] and not at <= i < end]
    if work and not any(same_letters(work, p.text) for p in rest):
        return TitleNames(work, chapter)
    shown = [line for line in lines.texts if chapter.casefold() not in line.casefold()]
    return TitleNames(_work_among(title, rest, shown), chapter, behind=at == 0)


def _chapter_at(parts: Sequence[TitlePart], own: Sequence[bool], lines: ShownLines, lex: Lexicon) -> int:
    """Which part reads as a chapter: by a word, else, beside another name, by the number before it; -1: none."""
    found: dict[str, list[int]] = {}
    for i, part in enumerate(parts):
        if own[i] and (sort := _sort(part.text, lines, lex)):
            found.setdefault(sort, []).append(i)
    alone = sum(own) < 2
    for sort in ("division", "volume", "framing", "behind", "numbered"):
        places = found.get(sort, [])
        if places and not (alone and sort in ("framing", "numbered")) and (len(places) == 1 or sort != "numbered"):
            return places[-1] if sort == "volume" else places[0]
    return -1


def _sort(text: str, lines: ShownLines, lex: Lexicon) -> str:
    """How a part of a title reads as a chapter's name; "" for anything else."""
    form = read_form(text, lex)
    if form is not None and form.shape == "division":
        return "volume" if form.kind in ("part", "volume") else "division"
    if form is not None and form.shape == "single" and form.kind in FRAMES:
        return "framing"
    if work_before(text, lex)[1]:
        return "behind"
    return "numbered" if form is not None and form.shape == "numbered-title" and _is_shown(text, form, lines) else ""


def _is_shown(text: str, form: Form, lines: ShownLines) -> bool:
    """Whether the page shows a numbered name as a line, or its title alone."""
    return lines.say(text) or (len(form.title) > 1 and lines.say(form.title))


def _chapter_end(
    title: str, parts: Sequence[TitlePart], own: Sequence[bool], at: int, lines: ShownLines, lex: Lexicon
) -> int:
    """Behind which part the chapter's name ends: its title may be a part of its own."""
    form = read_form(parts[at].text, lex)
    end = at + 1
    if end >= len(parts) or not own[end]:
        return end
    joined = title[parts[at].start : parts[end].end]
    if lines.say(joined):
        return end + 1
    if (form is not None and form.title) or lines.say(parts[at].text):
        return end
    others = sum(own[:at]) + sum(own[end + 1 :])
    strength = parts[end].strength
    strongest = max((p.strength for p in parts[end + 1 :]), default=0) if not at else BETWEEN + 1
    weak = strength == 1 or (others > 0 and strength <= BETWEEN and strength < strongest)
    return end + 1 if weak else end


def _work_among(title: str, rest: Sequence[TitlePart], lines: Sequence[str]) -> str:
    """The work's name among the parts that are left: what the page shows as a line; else the first of them, as far as
    it goes without a stronger sign."""
    if not rest:
        return ""
    for line in sorted(lines, key=len, reverse=True):
        if len(line) > 1 and any(_begins(title[p.start :], line) for p in rest):
            return line
    return rest[0].text


def _begins(text: str, line: str) -> bool:
    """Whether a text begins with a whole line."""
    return text[: len(line)].casefold() == line.casefold() and not (
        text[len(line) : len(line) + 1].isalnum() and line[-1:].isascii()
    )


def work_before(text: str, lex: Lexicon) -> tuple[str, str]:
    """ "The Ox Chapter 3", "LGS - Chapter 1: Rain" as (work, chapter); two empty strings for any other text."""
    if len(text) > LONGEST:
        return "", ""
    words = 0
    for gap in GAP.finditer(text):
        words += 1
        if words > WORDS_BEFORE:
            break
        rest = text[gap.end() :]
        if not lex.division_first.match(rest) and not lex.counter_first.match(rest):
            continue
        form = read_form(rest, lex)
        if form is not None and form.shape == "division" and form.number is not None and form.number.style != "letter":
            work = text[: gap.start() + 1].rstrip(" ,:–—|-")
            return (work, rest) if _may_be_work(work, lex) else ("", "")
    return "", ""


def _may_be_work(text: str, lex: Lexicon) -> bool:
    """Whether words before a chapter's number may be a title: they begin with no small letter, and are no chapter."""
    form = read_form(text, lex)
    return not text[:1].islower() and (form is None or form.shape not in ("division", "single"))


def title_alone(title: str, lines: ShownLines) -> str:
    """A title without what stands before a colon, or in brackets behind it, where the page shows it alone as a line; of
    one in the marks of Chinese books (《》), or in quotation marks, these are parts of their own."""
    if marked := _marked(title, lines):
        title = f"{marked[1]} | {marked[2]}" if marked[2] else marked[1]
    colon = COLON.search(title)
    if colon and lines.say(title[colon.end() :]):
        title = title[colon.end() :]
    return without_tail(title, lines)


def _marked(title: str, lines: ShownLines) -> re.Match[str] | None:
    marked = IN_BOOK_MARKS.match(title) or QUOTED.match(title)
    return marked if marked and lines.say(marked[1]) else None


def work_in_marks(title: str, lines: ShownLines) -> str:
    """The work that a title has in the marks of titles, where the page shows it as a line; ""."""
    marked = _marked(" ".join(title.split()), lines)
    return marked[1] if marked else ""


def without_tail(title: str, lines: ShownLines) -> str:
    """A title without what stands in brackets behind it, where the page shows it alone as a line."""
    while (tail := TAIL.search(title)) and lines.say(title[: tail.start()]):
        title = title[: tail.start()]
    return title


def title_in_script(title: str, script: str) -> tuple[str, str]:
    """A title that stands there in two scripts ("The Ox | 牛"): what it is in the script of the text, and the rest."""
    parts = [part.text for part in parts_of(title) if part.text]
    own = [part for part in parts if script_of(part) in (script, "")]
    if not script or not own or len(own) == len(parts):
        return title, ""
    return " | ".join(own), " | ".join(part for part in parts if part not in own)
