"""A story set plainly: every paragraph as it stands, nothing looked for and nothing left out.

For what the other parsers can't read to the end, or lose a word of. No heading, no note, no emphasis; of a page, the
text of all its elements in order, menus too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape

from converter.document.contracts import Evidence, Omission, Parsed, Source, SourceText
from converter.document.errors import NotAStory
from converter.document.model import Block, Book, Chapter, Inline, LineBreak, Metadata, Origin, Paragraph, Text
from converter.parsers.decoding import decode
from converter.parsers.tokenizer import markup_of
from converter.recognisers.language.detection import detect_language

LONG_LINE = 45  # characters; most lines of wrapped text are longer, most lines of verse shorter
SAMPLE = 30_000  # characters that tell the language
PART = "\x1e"  # ends a paragraph of a page; no decoded text holds one
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q ruby s samp small span strike "
    "strong sub sup time tt u var wbr".split()
).union(["", "!"])  # elements that part no words; every other one ends a paragraph


def parse_plainly(source: Source) -> Parsed:
    """Text or Markdown -> `Parsed`: paragraphs between blank lines, or one a line where there are none.

    Raises NotAStory for a file without text.
    """
    decoded = decode(source.data, "", source.name)
    paragraphs = _between_blank_lines(decoded.text.split("\n"))
    blocks = [_paragraph(lines, Origin(source.name, number)) for number, lines in paragraphs]
    return _parsed(SourceText(source.name, decoded.text), Metadata(), blocks, ())


def page_plainly(name: str, markup: str) -> Parsed:
    """The decoded markup of a page -> `Parsed`: the text of each element that is no part of a line is a paragraph.

    Raises NotAStory for a page without text.
    """
    text, title = _without_tags(markup)
    omissions = (Omission("the page's head", title[0], Origin(name, title[1])),) if title[0] else ()
    blocks: list[Block] = []
    line = 1
    for part in text.split(PART):
        if words := " ".join(part.split()):
            start = len(part) - len(part.lstrip())
            blocks.append(Paragraph((Text(words),), origin=Origin(name, line + part.count("\n", 0, start))))
        line += part.count("\n")
    metadata = Metadata(title=title[0], provenance=(("title", "page, title"),)) if title[0] else Metadata()
    return _parsed(SourceText(name, markup, "html"), metadata, blocks, omissions)


def title_in(markup: str) -> str:
    """The title in the head of a page, or ""."""
    return _without_tags(markup)[1][0]


def _parsed(text: SourceText, metadata: Metadata, blocks: Sequence[Block], omissions: tuple[Omission, ...]) -> Parsed:
    if not blocks:
        raise NotAStory("there is no text in it", text.name, "choose a file with a story in it")
    evidence = Evidence("reading", "plainly", "every paragraph as it stands", 1.0, Origin(text.name, 1))
    language = detect_language(" ".join(_words(blocks))[:SAMPLE])[0]
    if language:
        metadata = Metadata(
            title=metadata.title,
            language=language,
            provenance=(*metadata.provenance, ("language", "read off the text")),
        )
    chapter = Chapter(tuple(blocks), origin=blocks[0].origin)
    return Parsed(Book(metadata, (chapter,)), (text,), (), omissions, (evidence,))


def _words(blocks: Sequence[Block]) -> Iterator[str]:
    middle = len(blocks) // 2
    for block in (*blocks[middle:], *blocks[:middle]):
        if isinstance(block, Paragraph):
            yield from (i.text for i in block.content if isinstance(i, Text))


# -------------------------------------------------------------------------------------------------------- text


def _between_blank_lines(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Each paragraph's first line, from 1, and its lines."""
    paragraph: list[str] = []
    apart = any(not a.strip() for a in lines[1:-1])
    for number, line in enumerate(lines, 1):
        bare = line.strip()
        if bare:
            paragraph.append(bare)
        if paragraph and (not bare or not apart):
            yield number - len(paragraph) + (1 if bare else 0), paragraph
            paragraph = []
    if paragraph:
        yield len(lines) - len(paragraph) + 1, paragraph


def _paragraph(lines: Sequence[str], origin: Origin) -> Paragraph:
    """Wrapped lines joined; line ends kept where lines are short."""
    if sum(len(line) > LONG_LINE for line in lines[:-1]) * 2 >= len(lines) - 1:
        return Paragraph((Text(" ".join(lines)),), origin=origin)
    content: list[Inline] = []
    for line in lines:
        content += (LineBreak(), Text(line)) if content else (Text(line),)
    return Paragraph(tuple(content), origin=origin)


# ------------------------------------------------------------------------------------------------------- pages


def _without_tags(markup: str) -> tuple[str, tuple[str, int]]:
    """The text of a page, `PART` where an element that is no part of a line begins or ends; its title and the line it
    stands in, which are no part of that text."""
    parts: list[str] = []
    title, line = "", 0
    before, done = "", 0
    for start, end, name, closes, section in markup_of(markup):
        if name == "<":
            continue
        text = markup[done:start]
        if not title and closes and name == before == "title" and text.strip() and "<" not in text:
            title, line = " ".join(unescape(text).split()), markup.count("\n", 0, done) + 1
            text = "\n" * text.count("\n")
        parts.append(unescape(text))
        if name == "]":  # a marked section's text
            parts.append(unescape(section))
            done = end
            continue
        parts += ("" if name in _INLINE else PART, "\n" * markup.count("\n", start, end))
        before, done = "" if closes else name, end
    return "".join((*parts, unescape(markup[done:]))), (title, line)
