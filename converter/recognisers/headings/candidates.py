"""What might be a heading: a short block as it stands in the text, and its reading as a heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from converter.document.far_letters import has_far_letters
from converter.document.patterns import regex
from converter.recognisers.headings.endings import is_closing
from converter.recognisers.headings.forms import SENTENCE_END, Form, read_form, unwrap
from converter.recognisers.headings.words import SPACELESS, Lexicon
from converter.recognisers.lines.papers import is_telegram

TITLE_WORDS = 14  # a line of more words is a sentence; old chapter titles that are longer have signs or a number
UNSPACED_TITLE = 45  # characters, where no space parts words; a longer line is a sentence
UNSPACED = regex(rf"[{SPACELESS}]", needs=has_far_letters)
NOTE_MARK = regex(r"(?<=\S)\s?\[(?:\d{1,3}|[A-Z*†])\]")
ABBREVIATED = regex(r"\b[^\W\d_]\.[^\W\d_]\.\Z")  # "3 a.m."
DAY_AND_MONTH = regex(
    r"(?:0?[1-9]|[12]\d|3[01])(?:/(?:0?[1-9]|1[0-2])|\.(?:0?[1-9]|1[0-2])\.)\s+[^\W_]"
)  # "3/11 on the 48"
LONGER = 4  # letters of a word that has a capital in a title
_WORD = regex(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
NO_LETTERS = regex(r"[\W_]+")


class Candidate(NamedTuple):
    """A short block that might be a heading.

    `at` is its place among all blocks, `gap` and `gap_after` are blank lines, `words` is the number of words before it
    in the text, `level` what the markup says (0 = nothing, 1 = h1 ...), `line` its line in the source.
    """

    at: int
    lines: tuple[str, ...]
    gap: int
    gap_after: int
    words: int
    indent: int = 0
    underlined: bool = False
    level: int = 0
    line: int = 0
    announced: bool = False

    @property
    def text(self) -> str:
        """Its lines as one."""
        return " ".join(self.lines)


class ReadCandidate(NamedTuple):
    """A candidate with its reading; once it is chosen, with the reason and the confidence (0 to 1)."""

    candidate: Candidate
    form: Form
    why: str = ""
    confidence: float = 0.0
    title_block: int = 0  # 1 when the next block is its title
    shared: str = ""  # `why`, as others of its kind have it: without its own number

    @property
    def at(self) -> int:
        """Its place among all blocks."""
        return self.candidate.at

    @property
    def number(self) -> int | None:
        """The number in it."""
        return self.form.number.value if self.form.number else None


Chosen = dict[int, ReadCandidate]  # the headings found so far, by their place among all blocks


def read_candidate(candidate: Candidate, lex: Lexicon) -> Form | None:
    """The reading of a candidate of one or more lines: label on the first, title on the first or the others."""
    form = _read_lines(candidate, lex)
    if not any("[" in line for line in candidate.lines) or (form and form.shape == "division"):
        return form
    lines = tuple(NOTE_MARK.sub("", line).strip() or line for line in candidate.lines)
    bare = _read_lines(candidate._replace(lines=lines), lex)  # a note's mark keeps no line from being a heading
    if bare is None or (form and (form.shape, form.number) == (bare.shape, bare.number)):
        return form
    return _with_marks(bare, lines, candidate.lines) or form


def _with_marks(form: Form, bare: Sequence[str], lines: Sequence[str]) -> Form | None:
    """The form of a heading whose notes' marks nobody explains: they stand where they stood, for they are its words.
    None where that can't be told."""
    text = " ".join(bare)
    label_at, title_at = text.find(form.label), text.rfind(form.title)
    if label_at < 0 or title_at < 0 or (form.label and form.title and label_at + len(form.label) > title_at):
        return None
    label, title = form.label, form.title
    for at, mark in reversed(_marks_in(bare, lines)):
        if title and (at > title_at or not label):
            within = min(max(at - title_at, 0), len(form.title))
            title = title[:within] + mark + title[within:]
        else:
            within = min(max(at - label_at, 0), len(form.label))
            label = label[:within] + mark + label[within:]
    return replace(form, label=label, title=title)


def _marks_in(bare: Sequence[str], lines: Sequence[str]) -> list[tuple[int, str]]:
    """The marks of notes in these lines, and where each was taken out of the `bare` ones, joined by spaces."""
    marks: list[tuple[int, str]] = []
    start = 0
    for rest, line in zip(bare, lines, strict=True):
        removed = len(line) - len(line.lstrip())
        for m in NOTE_MARK.finditer(line) if rest != line else ():
            marks.append((start + min(m.start() - removed, len(rest)), m[0]))
            removed += len(m[0])
        start += len(rest) + 1
    return marks


def _read_lines(candidate: Candidate, lex: Lexicon) -> Form | None:
    first = read_form(candidate.lines[0], lex)
    if len(candidate.lines) == 1:
        return _marked(first, candidate)
    if first and first.shape in ("division", "number", "single", "numbered-title"):
        rest = " ".join(candidate.lines[1:])
        if first.shape != "numbered-title" and not first.title:
            return _marked(replace(first, title=unwrap(rest)[0]), candidate)
        return _marked(replace(first, title=f"{first.title} {rest}"), candidate)
    return _marked(read_form(candidate.text, lex), candidate)


def _marked(form: Form | None, candidate: Candidate) -> Form | None:
    """The form with what the text draws under the line, or the markup says of it."""
    if form and candidate.underlined:
        return replace(form, wrapper=form.wrapper or "underline")
    if form and candidate.level:
        return replace(form, wrapper=form.wrapper or "#", depth=form.depth or candidate.level)
    return form


def title_key(text: str) -> str:
    """Letters and digits only, folded: two wordings of one title have the same key."""
    return NO_LETTERS.sub("", text.casefold())


def few_words(text: str) -> bool:
    """Whether a text has no more words than a title has, told by its length where no space parts them."""
    return len(text.split()) <= TITLE_WORDS and (len(text) <= UNSPACED_TITLE or not UNSPACED.search(text))


def in_title_case(text: str) -> bool:
    """Whether each longer word begins with a capital, as in a title and in no sentence: "Why Aren't You Asleep?"."""
    longer = [w for w in _WORD.findall(text) if len(w) >= LONGER]
    return bool(longer) and all(w[0].isupper() for w in longer) and not text[0].islower()


def title_like(item: ReadCandidate) -> bool:
    """Whether the words could be a title: few, no sentence (but for "WHO GOES THERE?"), no small letter first; none
    that announce something, or are announced."""
    text = item.candidate.text
    if len(item.candidate.lines) > 2 or not few_words(text) or is_closing(text) or text[-1] in ":：":
        return False
    if (item.candidate.announced and not item.form.wrapper) or is_telegram(text):
        return False
    if (
        SENTENCE_END.search(text)
        and not ABBREVIATED.search(text)
        and not DAY_AND_MONTH.match(text)
        and not (text.endswith(("?", "!", ".")) and text.isupper())
    ):
        return False
    return text[0].isupper() or text[0].isdigit() or text[0] in "\"“‘'«„(" or not text[0].isascii()
