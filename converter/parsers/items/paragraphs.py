"""One stretch of runs between two block borders -> paragraphs, verse, breaks and gaps, by the page's habit
with `<br>`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from converter.document.model import Align, Figure, Image, Line, Origin, Paragraph, SceneBreak, Text, Verse
from converter.parsers.items.inlines import (
    BREAK,
    INDENT,
    NO_MARK,
    SPACE,
    Run,
    is_blank,
    nest,
    split_lines,
    text_of_runs,
    tidy,
)
from converter.parsers.items.kinds import Gap, Item
from converter.parsers.items.line_habit import LineHabit
from converter.recognisers.lines.breaks import between_marks, describes_drawn_break, is_break, is_weak_break
from converter.recognisers.lines.sentences import ends_sentence

HIGHEST = 48  # px; two lines of a screen's text: no picture in a line of words is higher
VERSE_LINES = 3
VERSE_WIDTH = 60  # characters of the longest line; prose lines that end in `<br>` are longer
VERSE_MEAN = 45
INDENT_STEP = 3  # spaces or hard spaces at a line's start that make one step of verse indent
INDENT_MAX = 4
VERSE_BEGUN = 0.5  # of a poem's lines begin with a capital
VERSE_ODD = 0.1  # of its lines hold a sign of code or a gap between columns
CODE_SIGNS = re.compile(r"[{}<>=|\\#$@]|\S {3,}\S|//|;$")


def is_break_text(text: str) -> bool:
    """Whether a whole paragraph is a scene break."""
    bare = " ".join(text.strip(INDENT + BREAK).split())
    return bool(bare) and (is_break(bare) or is_weak_break(bare))


def paragraphs(runs: Sequence[Run], align: Align, origin: Origin, habit: LineHabit) -> list[Item]:
    """The items of one stretch. Nothing but blank lines gives a `Gap`."""
    if all(r.mark is NO_MARK and r.object is None and r.text != BREAK for r in runs):
        text = SPACE.sub(" ", "".join(r.text for r in runs)).strip(INDENT)
        if text:
            if is_break_text(text):
                return [SceneBreak(" ".join(text.split()), origin)]
            return [_plain([Run(text)], text, align, origin)]
    if not any(r.object is None and r.text == BREAK for r in runs):
        if is_blank(runs):
            return (
                [Gap(1, origin)]
                if any("\u00a0" in r.text or "\u3000" in r.text or "\u200b" in r.text for r in runs)
                else []
            )
        return _paragraph([list(runs)], align, origin)
    lines = split_lines(runs)
    if all(is_blank(line) for line in lines):
        return [Gap(len(lines) - 1, origin)]
    while len(lines) > 1 and is_blank(
        lines[-1]
    ):  # a last <br> ends the line and shows nothing; more of them make a gap
        lines.pop()
    return _pieces(lines, align, origin, habit)


def _pieces(lines: list[list[Run]], align: Align, origin: Origin, habit: LineHabit) -> list[Item]:
    out: list[Item] = []
    group: list[list[Run]] = []
    blank = 0
    usual = habit.blank if habit.line_use != "paragraphs" else 0

    def close() -> None:
        if group:
            out.extend(_group(list(group), align, origin, habit))
            group.clear()

    for line in lines:
        if is_blank(line):
            blank += 1
            continue
        if blank:
            close()
            if blank > usual and out:
                out.append(Gap(blank - usual, origin))
            elif blank > usual:
                out.append(Gap(blank, origin))
            blank = 0
        if is_break_text(text_of_runs(line)) and not any(r.object for r in line):
            close()
            out.append(SceneBreak(" ".join(text_of_runs(line).split()), origin))
            continue
        group.append(line)
    close()
    return out


def _group(lines: list[list[Run]], align: Align, origin: Origin, habit: LineHabit) -> list[Item]:
    if habit.line_use == "wrapped":
        joined: list[Run] = []
        for i, line in enumerate(lines):
            joined.extend([Run(" ")] * (i > 0) + line)
        return _paragraph([joined], align, origin)
    if habit.line_use == "paragraphs":
        return [item for line in lines for item in _paragraph([line], align, origin)]
    return _paragraph(lines, align, origin)


def _paragraph(lines: list[list[Run]], align: Align, origin: Origin) -> list[Item]:
    if len(lines) >= VERSE_LINES and _is_verse(lines) and align != "right":
        return [Verse((tuple(verse_line(line, origin) for line in lines),), origin)]
    runs: list[Run] = []
    for i, line in enumerate(lines):
        if i:
            runs.append(Run(BREAK))
        runs.extend(line)
    runs = tidy(runs)
    if not runs:
        return []
    pictures = [r.object for r in runs if isinstance(r.object, Image)]
    text = text_of_runs(runs)
    if pictures and _are_pictures_alone(runs):
        return [i for p in pictures for i in _picture(p, align, origin)]
    if not pictures and is_break_text(text) and not any(r.object for r in runs):
        return [SceneBreak(" ".join(text.split()), origin)]
    return _with_pictures(runs, align, origin) if pictures else [_plain(runs, text, align, origin)]


def _are_pictures_alone(runs: list[Run]) -> bool:
    """Whether nothing but pictures and space stands there: a reading and a note have no text of their own either."""
    return all(isinstance(r.object, Image) or is_blank([r]) for r in runs)


def _plain(runs: list[Run], text: str, align: Align, origin: Origin) -> Paragraph:
    """A paragraph; a line with rows of marks around it is set in the middle without them."""
    if len(runs) == 1 and (words := between_marks(text)):
        return Paragraph(nest([replace(runs[0], text=words)]), "", "center", origin)
    return Paragraph(nest(runs), "", align, origin)


def _picture(image: Image, align: Align, origin: Origin) -> list[Item]:
    if image.resource == "" or (align == "center" and describes_drawn_break(image.alt, alone=True)):
        return [SceneBreak("", origin)]
    if image.alt and is_break(image.alt):
        return [SceneBreak(" ".join(image.alt.split()), origin)]
    return [Figure(image, (), origin)]


def _with_pictures(runs: list[Run], align: Align, origin: Origin) -> list[Item]:
    """Pictures at a paragraph's edges stand for themselves, and so do high ones inside it; signs, and low ones inside
    it, stay in the line."""
    before: list[Item] = []
    after: list[Item] = []
    while runs and isinstance(picture := runs[0].object, Image) and not _is_sign(picture, runs[1:2]):
        before.extend(_picture(picture, align, origin))
        runs = tidy(runs[1:])
    while runs and isinstance(picture := runs[-1].object, Image) and not _is_sign(picture, runs[-2:-1]):
        after[:0] = _picture(picture, align, origin)
        runs = tidy(runs[:-1])
    runs = [r for r in runs if not (isinstance(r.object, Image) and r.object.resource == "")]
    return [*before, *_parted_by_pictures(runs, align, origin), *after]


def _is_sign(picture: Image, beside: Sequence[Run]) -> bool:
    """Whether a picture with this beside it is a sign in a line of words: as small as one, and not in a line of its
    own."""
    small = picture.resource != "" and 0 < max(picture.shown) <= HIGHEST
    return small and any(r.object is None and r.text != BREAK for r in beside)


def _parted_by_pictures(runs: list[Run], align: Align, origin: Origin) -> Iterator[Item]:
    """The parts of a paragraph, and the pictures in it that are too high for a line: each between two sentences or
    lines, or below the line in which it stands."""
    words: list[Run] = []
    waiting: list[Image] = []

    def parted() -> Iterator[Item]:
        if part := tidy(words):
            yield Paragraph(nest(part), "", align, origin)
        yield from (Figure(picture, (), origin) for picture in waiting)
        words.clear()
        waiting.clear()

    for run in runs:
        if isinstance(run.object, Image) and run.object.shown[1] > HIGHEST:
            waiting.append(run.object)
            said = text_of_runs(words).rstrip(" ")
            if not said or said.endswith((BREAK, ":")) or ends_sentence(said):
                yield from parted()
        elif waiting and run.object is None and run.text == BREAK:
            yield from parted()
        else:
            words.append(run)
    yield from parted()


def _is_verse(lines: list[list[Run]]) -> bool:
    lengths = [len(text_of_runs(line).strip()) for line in lines]
    return max(lengths) <= VERSE_WIDTH and sum(lengths) <= VERSE_MEAN * len(lengths)


def is_verse_text(lines: Sequence[str]) -> bool:
    """Whether the lines of a `<pre>` are a poem: short, begun with capitals, free of code and of columns."""
    written = [line.strip() for line in lines if line.strip()]
    if len(written) < VERSE_LINES - 1 or max(map(len, written)) > VERSE_WIDTH + 15:
        return False
    begun = sum(line.lstrip("“”‘’\"'(—-")[:1].isupper() for line in written)
    odd = sum(bool(CODE_SIGNS.search(line)) for line in written)
    return begun >= VERSE_BEGUN * len(written) and odd <= VERSE_ODD * len(written)


def verse_line(line: list[Run], origin: Origin) -> Line:
    """One line of verse; hard spaces at its start are its indent."""
    lead = 0
    for run in line:
        bare = run.text.lstrip(INDENT)
        lead += sum(1 for c in run.text[: len(run.text) - len(bare)] if c != " " or run.text.startswith("  "))
        if bare or run.object:
            break
    runs = tidy(line)
    return Line(nest(runs) or (Text(""),), min(lead // INDENT_STEP, INDENT_MAX), origin)
