"""What one short text looks like when it is read as a heading: label, number, title, and the signs set around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from converter.document.model import ChapterKind
from converter.document.patterns import regex
from converter.recognisers.headings.leading_numbers import leading_number, parts_title
from converter.recognisers.headings.words import (
    LAST_WORDS,
    SPACELESS,
    WORDS,
    Lexicon,
    Number,
    first_letters,
    read_number,
)
from converter.recognisers.language.numerals import CJK_NUMBER, cjk_number
from converter.recognisers.vocabulary import either, language_table

Shape = Literal["division", "single", "number", "numbered-title", "title"]

LONGEST_TITLE = 200  # characters; the longest chapter title of the measured books, an old Spanish one, has 190
LONGEST_BARE_TITLE = 80  # characters; a title that nothing else marks is a short line
_ROW = "|".join(rf"{sign}{{1,9}}" for sign in ("\\|", *"•◆■★☆※❖✦"))
WRAPPERS = (  # name, first signs, pattern; what is longer than any title is none
    ("#", "#", regex(r"(#{1,6})(?:\s+|(?=\d{1,3}\s*#*\Z|[^\W\d_]))(?!.*\s#\w)(\S.*?)\s*#*\Z", re.I, LONGEST_TITLE)),
    ("=", "=", regex(r"(={1,6})\s*(\S.*?)\s*={1,6}\Z", re.I, LONGEST_TITLE)),
    ("*", "*", regex(r"(\*{1,6})\s*(\S.*?)\s*\*{1,6}\Z", re.I, LONGEST_TITLE)),
    ("~*~", "~*-=", regex(r"(~\*~|\*~\*|-\*-|~\+~|-=-|=-=|\*-\*)\s*(\S.*?)\s*[~*+=\-]{3}\Z", re.I, LONGEST_TITLE)),
    ("~", "~", regex(r"(~{1,6})\s*(\S.*?)\s*~{1,6}\Z", re.I, LONGEST_TITLE)),
    ("[]", "[", regex(r"(\[)\s*(?!/?[a-z]+[\]=]|[^\[\]]*\]\s*\S)(\S.*?)\s*\]\Z", re.I, LONGEST_TITLE)),
    ("{}", "{", regex(r"(\{)\s*(?![^{}]*\}\s*\S)(\S.*?)\s*\}\Z", re.I, LONGEST_TITLE)),
    (">>", ">", regex(r"(>{2,})\s*(\S.*?)\s*<{2,}\Z", re.I, LONGEST_TITLE)),
    ("<>", "<«‹", regex(r"(<<?|«|‹)\s*(?!/?\w+>|[^<>]*<)(\S.*?)\s*(?:>>?|»|›)\Z", re.I, LONGEST_TITLE)),
    ("-", "-–—", regex(r"([-–—]{1,6})\s*(\S.*?)\s*[-–—]{1,6}\Z", re.I, LONGEST_TITLE)),
    ("+", "+", regex(r"(\+{1,6})\s*(\S.*?)\s*\+{1,6}\Z", re.I, LONGEST_TITLE)),
    ("::", ":|•◆■★☆※❖✦", regex(rf"(:{{1,3}}|{_ROW})\s*(\S.*?)\s*(?:\1)\Z", re.I, LONGEST_TITLE)),
    ("_", "_", regex(r"(_)(\S.*?)_[.:]?\Z", re.I, LONGEST_TITLE)),
    ("【】", "【〈《〔", regex(r"([【〈《〔])(\S.*?)[】〉》〕]\Z", re.I, LONGEST_TITLE)),
    ("<b>", "<", regex(r"<(h[1-6]|b|strong|center|i|em|u)>\s*(\S.*?)\s*</\1>\Z", re.I, LONGEST_TITLE)),
    ("[b]", "[", regex(r"\[(b|i|u|center|size=\d+|h[1-6])\]\s*(\S.*?)\s*\[/[a-z0-9]+\]\Z", re.I, LONGEST_TITLE)),
)
WRAPPER_STARTS = frozenset("".join(signs for _, signs, _ in WRAPPERS))
SEPARATOR = regex(r"\s*(?:[.:;,)\]|~•·*、：．。]+\s*[-–—]*|\s[-–—]+(?=\s)|[-–—]{1,3})\s*")
NUMBER_INTRO = regex(r"[\s:#№.\-–—]*(?:(?:no|nr|nº|number|num)\b\.?\s*)?(?:the\s+|der\s+|das\s+|al\s+|a\s+)?", re.I)
BACK = regex(rf"{either('headings', 'back')}(\s.{{1,40}})?", re.I, LONGEST_BARE_TITLE)
GLUED = regex(r"(chapter|chap|ch|part)(?=\d)", re.I)  # "Chapter5"
OF_SO_MANY = regex(r"\s*(?:of|/|out of)\s*\d{1,4}(?!\w)", re.I)
STORY_TITLE = regex(r"(.{2,50}?)\s*[,:–—\-|]\s+((?:chapter|chap\.?|ch\.|episode)\s+\d{1,4}\b.*)\Z", re.I)
SPACED = regex(r"\w(?: \w)+(?:\s{2,}\w(?: \w)*)*\Z")  # "C H A P T E R   O N E"
NUMBER_GAP = regex(r"[.\s\-ºª°)]+")
OF_PART = regex(r"\s+(?:of|de[lr]?|des|du|della|d[ao])\s")  # "Primera parte del ingenioso hidalgo"
LAST = regex(rf"\s+(?:the\s+)?{either('headings', 'last')}(?!\w)", re.I)
AND_LAST = regex(rf"\s+(?:the\s+)?{either('headings', 'and')}\s+{either('headings', 'last')}(?!\w)", re.I)
NUMBER_END = regex(rf"-(?:lea|a)(?!\w)|\s+{either('headings', 'and')}\s+{either('headings', 'last')}(?!\w)", re.I)
_ENGLISH = frozenset(language_table("en", "headings")["division"])
PICTURES = (
    "".join(map(chr, (*range(0x2600, 0x27C0), *range(0x1F300, 0x1FAFF), 0xFE0F, 0x200D, 0x2B50, 0x2728, 0x22C6))) + " "
)
LONGEST_EAST_ASIAN = 30  # signs of a title behind a heading's name: "最終話　速達"
EAST_ASIAN_NUMBERED = regex(rf"([{CJK_NUMBER}]{{1,4}})\u3000([^\s。、，,.!?！？「」]{{1,{LONGEST_EAST_ASIAN}}})")
SMALL_WORDS = 5  # of a title in small letters behind a number
LEAST_SPACED = 8  # characters; "I I I" is a number
SINGLE_TITLE = regex(
    r"([^\W\d_][\w\- ]*?)\s*(?:\s([0-9]{1,2}(?:\.\d{1,2})?|[IVX]{1,5}))?\s*(?:[:–—]|\.(?!\d)|\s-\s)\s*(\S.*)\Z",
    within=LONGEST_TITLE,
)  # "Prologue 2: Snow"
SINGLE_NUMBER = regex(r"(.+?)\s+(\d{1,2}(?:\.\d{1,2})?|[IVX]{1,5}|[^\W\d_]+)\.?\Z", within=LONGEST_TITLE)
MARKED_LABEL = regex(r"([*_]{1,3})([^\s*_][^*_\n]{1,40})\1(?=\s?[:.\-–—]?\s?\S)")  # "*Chapter 1*: The Keys"
LETTER = regex(r"[^\W\d_]")
SPACELESS_END = regex(rf"[{SPACELESS}]\Z")
CASELESS_WORDS = 8  # of a title behind a number, in a script without capitals: more are a sentence
SENTENCE_END = regex(r"[.!?…,;。！？、][\"'”’»)\]_*」』´`]*\Z")

SLUG = regex(r"(?:INT|EXT|I/E|INT\.?/EXT|EXT\.?/INT)\.? [^\W\d_].{2,80}\Z")


@dataclass(frozen=True, slots=True)
class Form:
    """One reading of a short text as a heading. `wrapper` names the signs set around it ("" for none)."""

    shape: Shape
    kind: ChapterKind
    label: str
    title: str = ""
    word: str = ""
    number: Number | None = None
    wrapper: str = ""
    depth: int = 0  # of a "#" wrapper

    @property
    def family(self) -> tuple[str, ...]:
        """What headings of one series share."""
        return (self.shape, self.word, self.number.style if self.number else "", self.wrapper)


def unwrap(text: str) -> tuple[str, str, int]:
    """The text without the signs set around it, their name, and the depth of a "#" heading."""
    wrapper, depth = "", 0
    if text[:1] not in WRAPPER_STARTS:
        return text, wrapper, depth
    for _ in range(3):
        for name, signs, pattern in WRAPPERS:
            m = pattern.match(text) if text[0] in signs else None
            if m and (LETTER.search(m[2]) or m[2][:1].isdigit()):
                if name == "#":
                    depth = len(m[1])
                text, wrapper = m[2], wrapper or name
                break
        else:
            break
    return text, wrapper, depth


def read_form(text: str, lex: Lexicon) -> Form | None:
    """The best reading of one line as a heading, or None when it can't be one. `text` is stripped."""
    if not text or len(text) > LONGEST_TITLE:
        return None
    if text[0] in "*_" and (label := MARKED_LABEL.match(text)):
        form = _read(label[2] + text[label.end() :], lex)
        if form and form.shape == "division" and form.number:
            return replace(form, wrapper=label[1])
    inner, wrapper, depth = unwrap(text)
    inner = inner.strip()
    if not inner.isascii() and (bare := inner.strip(PICTURES)) != inner and bare:  # flowers around a heading
        around = inner[0] in PICTURES and inner[-1] in PICTURES
        inner, wrapper = bare, wrapper or ("picture" if around else f"picture {inner.replace(bare, '').strip()}")
    spaced = len(inner) > LEAST_SPACED and SPACED.match(inner)
    form = _read_spaced(inner, lex) if spaced else _read(inner, lex)
    return replace(form, wrapper=wrapper, depth=depth) if form and wrapper else form


def _read(text: str, lex: Lexicon) -> Form | None:
    """The first reading that fits a text without signs around it, from the surest to the loosest."""
    return (
        _counter(text, lex)
        or _division(text, lex)
        or _number_division(text, lex)
        or _back_matter(text)
        or _slug(text)
        or _single(text, lex)
        or _numbered(text, lex)
        or _title(text)
    )


def _read_spaced(text: str, lex: Lexicon) -> Form | None:
    """The reading of a text in spaced letters, when it has a number. The label keeps its letters as they stand."""
    form = _read(" ".join(w.replace(" ", "") for w in re.split(r"\s{2,}", text)), lex)
    return replace(form, label=text, title="") if form and form.number else None


def _counter(text: str, lex: Lexicon) -> Form | None:
    m = lex.counter_first.match(text)
    if not m:
        return None
    digits, mark = (m[1], m[2]) if m[1] else (m[4], m[3]) if m[3] else (m[5], m[6]) if m[5] else (m[8], m[7])
    value = cjk_number(digits)
    kind: ChapterKind | None = "chapter" if m[7] else lex.counters.get(mark)
    if value is None or kind is None:
        return None
    title = text[m.end() :]
    if title and title[0] not in " \t　:：、.．·—-" and len(title) > 40:
        return None
    if len(title) > 60 or title.rstrip().endswith(("。", "，", "！")):
        return None
    return Form(
        "division",
        kind,
        m[0],
        title.strip(" \t　:：、.．·—-"),
        mark,
        Number(value, "cjk", m.end(), digits),
    )


def _division(text: str, lex: Lexicon) -> Form | None:
    m = lex.division_first.match(text) or GLUED.match(text)
    if not m:
        return _after_title(text, lex)
    intro = NUMBER_INTRO.match(text, m.end())
    at = intro.end() if intro else m.end()
    word = m[1].casefold()
    number = read_number(text[at:], lex)
    if number is None:
        return _last_division(text, m.end(), word, lex)
    glued = at == m.end() and not text[:at].endswith(".") and not SPACELESS_END.search(text[:at])
    if glued and number.style != "digit":  # "Partisan"
        return None
    end = at + number.end
    if behind := NUMBER_END.match(text, end):
        end = behind.end()
    if total := OF_SO_MANY.match(text, end):  # "Chapter 1 of 3"
        end = total.end()
    return _with_title("division", lex.division[word], text, end, word, number, lex)


def _last_division(text: str, at: int, word: str, lex: Lexicon) -> Form | None:
    """`Last Chapter`'s other order, perhaps with a title: "Capítulo Final – O Fim"."""
    if not (last := LAST.match(text, at)):
        return None
    rest = text[last.end() :]
    if not rest.strip(" ."):
        return Form("division", lex.division[word], text, "", word)
    sep = SEPARATOR.match(rest)
    title = rest[sep.end() :].strip() if sep else ""
    if not title or title[0].islower():
        return None
    return Form("division", lex.division[word], text[: last.end()], title, word)


def _after_title(text: str, lex: Lexicon) -> Form | None:
    """`Winter Roads - Chapter 3`, `Winter Roads, Chapter 3: Snow`: the story's own title stands before the label."""
    m = STORY_TITLE.match(text)
    if not m or not m[1][0].isupper() or SENTENCE_END.search(m[1]):
        return None
    form = _division(m[2], lex)
    return replace(form, label=text[: m.start(2)] + form.label) if form and form.number else None


def _number_division(text: str, lex: Lexicon) -> Form | None:
    start = 4 if text[:4].casefold() == "the " else 0
    number = read_number(text[start:], lex)
    if number is None:
        first = text[start:].split(maxsplit=1)
        if len(first) == 2 and first[0].casefold() in LAST_WORDS and first[1].strip(" .").casefold() in lex.division:
            word = first[1].strip(" .").casefold()
            return Form("division", lex.division[word], text, "", word)
        return None
    at = start + number.end
    if behind := AND_LAST.match(text, at):
        at = behind.end()
    gap = NUMBER_GAP.match(text, at)
    m = lex.division_first.match(text, gap.end()) if gap else None
    if not gap or not m or m.start(1) != gap.end() or (number.style == "roman" and _is_night(m[1])):
        return None  # "III. The Night Shadows" is a title
    word, tail = m[1].casefold(), text[m.end() :]
    kind = lex.division[word]
    if OF_PART.match(tail):
        named = kind in ("part", "volume") and number.style == "word" and not SENTENCE_END.search(text)
        return Form("division", kind, text, "", word, number) if named else None
    bare = tail.strip(" .:-–—)]*~")
    if bare and (not SEPARATOR.match(tail) or not tail.strip(" .:-–—")[:1].isupper()):
        return None
    return _with_title("division", kind, text, m.end(), word, number, lex)


def _is_night(word: str) -> bool:
    """Whether a word behind a roman number may belong to a title: "III. night" """
    return word[:1].islower() and word in _ENGLISH


def _with_title(
    shape: Shape, kind: ChapterKind, text: str, end: int, word: str, number: Number, lex: Lexicon
) -> Form | None:
    end = _behind_pictures(text, end)
    rest = text[end:]
    if not rest.strip().strip(" .:,-–—)]*~"):  # what looks empty may be any white space
        return Form(shape, kind, text.rstrip(" ,"), "", word, number)
    if kind in ("volume", "part", "act") and (inner := _division(rest.lstrip(" .,:;-–—"), lex)):
        label = text[: len(text) - len(inner.title)].strip(" -–—~•·|")  # "Vol. 2 Chapter 3: The Sea"
        return replace(inner, label=label)
    sep = SEPARATOR.match(rest)
    if sep:
        title = rest[sep.end() :].strip()
        if title[:1].islower() and sep[0].strip() in (",", ";", ""):
            return None
        return Form(shape, kind, text[: end + sep.end()].strip(" -–—~•·|:"), title, word, number)
    title = rest.strip()
    begins = title[0].isupper() or title[0] in "\"“'‘«„([" or title[0].isdigit() or _is_caseless_title(title)
    if not rest[0].isspace() or not begins:
        return None
    if SENTENCE_END.search(title) and len(title) > LONGEST_BARE_TITLE:
        return None
    return Form(shape, kind, text[:end].strip(), title, word, number)


def _behind_pictures(text: str, end: int) -> int:
    """Where a label is over behind which pictures stand: "Chapter 1 ❤ | The Kiss"."""
    if text.isascii():
        return end
    title = text[end:].lstrip(PICTURES)
    return len(text[: len(text) - len(title)].rstrip()) if title and title != text[end:].lstrip() else end


def _is_caseless_title(title: str) -> bool:
    """Whether a few words in a script without capitals may be a title: they end no sentence."""
    caseless = title[0].isalpha() and title[0].lower() == title[0].upper()
    return caseless and len(title.split()) <= CASELESS_WORDS and not SENTENCE_END.search(title)


def _back_matter(text: str) -> Form | None:
    """ "About the Author", "Also by Ada Thorn": what a book's last pages are called."""
    named = BACK.fullmatch(text.strip(" .:"))
    if not named or SENTENCE_END.search(text) or (named[1] and text.rsplit(maxsplit=1)[-1].islower()):
        return None
    return Form("single", "back", text, "", "back")


def _east_asian_single(text: str, bare: str, lex: Lexicon) -> Form | None:
    """A heading with its title behind a blank: "最終話　速達"."""
    name, _, title = bare.partition("\u3000") if "\u3000" in bare else bare.partition(" ")
    if not title or name < "\u3040" or name not in lex.single or len(title) > LONGEST_EAST_ASIAN:
        return None
    if SENTENCE_END.search(text):
        return None
    return Form("single", lex.single[name], text[: len(name)], text[len(name) :].strip(), name)


def _slug(text: str) -> Form | None:
    """The place and the hour over a scene of a script for the screen: "INT. KITCHEN - NIGHT"."""
    return Form("single", "scene", text, "", "slug") if text.isupper() and SLUG.match(text) else None


def _single(text: str, lex: Lexicon) -> Form | None:
    bare = text.strip(" .:").casefold()
    if bare in lex.single:
        return Form("single", lex.single[bare], text, "", bare)
    opens = first_letters(bare) in lex.single_starts
    if (not opens and len(text) > LONGEST_BARE_TITLE) or lex.single_words.isdisjoint(WORDS.findall(bare)):
        return None
    if opens and (form := _with_more(text, bare, lex)):
        return form
    m = re.match(r"(?:(?:the\s+)?[\w'’]+(?:'s|’s|s')\s+|translator'?s?\s+|editor'?s?\s+|the\s+)(.+)\Z", text, re.I)
    if m and m[1].strip(" .").casefold() in lex.single and len(text) <= LONGEST_BARE_TITLE:
        return Form("single", lex.single[m[1].strip(" .").casefold()], text, "", m[1].strip(" .").casefold())
    return None


def _with_more(text: str, bare: str, lex: Lexicon) -> Form | None:
    """A heading that may stand alone, with more behind it: its title, a number, what it is to."""
    if form := _east_asian_single(text, bare, lex):
        return form
    m = SINGLE_TITLE.match(text)
    if m and m[1].casefold() in lex.single and len(m[3]) <= LONGEST_BARE_TITLE and not m[3][0].islower():
        return Form("single", lex.single[m[1].casefold()], text[: m.start(3)].strip(" -–—"), m[3], m[1].casefold())
    m = SINGLE_NUMBER.match(text)
    if m and m[1].casefold() in lex.single and (number := read_number(m[2], lex)) and number.end == len(m[2]):
        return Form("single", lex.single[m[1].casefold()], text, "", m[1].casefold())
    m = re.match(
        r"(\w+)\s+(?:to|de|de l[ao]|del|der|des|zu[rm]?|du|della|al?|au|an|alla|ao|para)\b.{2,60}\Z", text, re.I
    )
    if m and m[1].casefold() in lex.single and not SENTENCE_END.search(text):
        return Form("single", lex.single[m[1].casefold()], text, "", m[1].casefold())
    return None


def _numbered(text: str, lex: Lexicon) -> Form | None:
    """A number alone, or one before a title that a sign parts from it."""
    if spaced := EAST_ASIAN_NUMBERED.fullmatch(text):
        value = cjk_number(spaced[1]) or 0
        return Form(
            "numbered-title", "chapter", spaced[1], spaced[2], "", Number(value, "cjk", len(spaced[1]), spaced[1])
        )
    number, at = leading_number(text, lex)
    if number is None:
        return None
    end = at + number.end
    rest = text[end:]
    small = number.style == "roman" and number.text.islower()
    if not rest.strip(" .)]:-–—*~"):
        style = number._replace(style="small-roman") if small and not rest and not at else number
        return Form("number", "chapter", text, "", "", style)
    sep = SEPARATOR.match(rest)
    if not sep or small or not parts_title(number, sep[0], rest):
        return None
    title = rest[sep.end() :].strip()
    if (
        not title
        or (title[0].islower() and sep[0].strip() != "|" and not _is_small(text, number, title))
        or (title[0].isdigit() and number.style == "digit" and (":" in sep[0] or not sep[0][-1:].isspace()))
    ):
        return None
    return Form("numbered-title", "chapter", text[: end + sep.end()].strip(" -–—~•·|"), title, "", number)


def _is_small(text: str, number: Number, title: str) -> bool:
    """Whether a heading is written without capitals: "one: the door", by somebody who uses none."""
    few = len(title.split()) <= SMALL_WORDS and not SENTENCE_END.search(title)
    return number.style == "word" and few and text.islower()


def _title(text: str) -> Form | None:
    if len(text) > LONGEST_BARE_TITLE or not LETTER.search(text):
        return None
    return Form("title", "chapter", "", text)
