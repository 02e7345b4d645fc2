"""A `.md` file to `Parsed`: front matter, notes, tokens, trees, and the story in them.

What people write in `.md` files is story first and markup second: an indented paragraph is no code, a rule under a
sentence is a scene break and no heading, and `1986. That year ...` is no list.
"""

from __future__ import annotations

from itertools import pairwise

from converter.document.contracts import Evidence, Omission, Parsed, Parser, Source, SourceText
from converter.document.errors import NotAStory
from converter.document.model import Book, Origin
from converter.document.verbatim import quoted_omissions
from converter.parsers.decoding import decode
from converter.parsers.items.paragraphs import VERSE_WIDTH
from converter.parsers.markdown.cited import take_notes
from converter.parsers.markdown.front_matter import FrontMatter, front_matter
from converter.parsers.markdown.lines import as_story
from converter.parsers.markdown.note_apps import without_marks_of_apps
from converter.parsers.markdown.notes import Defined, define
from converter.parsers.markdown.pictures import FilePictures
from converter.parsers.markdown.properties import without_properties
from converter.parsers.markdown.story import FileTrees, story_in
from converter.parsers.markdown.token_reader import TokenReader
from converter.parsers.plainly import parse_plainly
from converter.parsers.switches import FOOTNOTES, TITLE_PAGE
from converter.recognisers.lines.line_ends import ENDS

LONG_LINE = 100  # characters; hard-wrapped lines are shorter, paragraphs typed on one line mostly longer
SENTENCE_SHARE = 0.75  # of lines followed by another end a sentence: each line is a paragraph
ENOUGH_LINES = 4
ROOM = 0.75  # of a file's width: after a line that is no longer the next word would have fitted


def markdown_parser(without: frozenset[str] = frozenset(), as_text: Parser = parse_plainly) -> Parser:
    """A parser of Markdown that leaves alone what `without` names (`parsers/switches.py`). `as_text` reads a file that
    holds nothing but a title, or tags: then the story is the file as it stands."""
    return lambda source: parse_markdown(source, without, as_text)


def parse_markdown(source: Source, without: frozenset[str] = frozenset(), as_text: Parser = parse_plainly) -> Parsed:
    """A `.md` file -> `Parsed`. `---` front matter becomes metadata, `[^1]` notes stand where they are cited.

    Raises NotAStory for a file without text.
    """
    decoded = decode(source.data, "")
    front = front_matter(decoded.text)
    taken: list[Omission] = []

    def omit(rule: str, words: str, line: int) -> None:
        taken.append(Omission(rule, words, Origin(source.name, line)))

    body = without_marks_of_apps(decoded.text[front.end :], omit, front.lines)
    body = without_properties(body, front.head, omit, front.lines)
    taken.sort(key=lambda o: o.origin.line)
    noted = FOOTNOTES not in without
    defined = define(body, front.lines) if noted else Defined(body, {})
    text = as_story(defined.text)
    pictures = FilePictures(source.name, source.assets)
    reader = TokenReader(
        source.name,
        breaks=_line_paragraphs(text),
        keys=defined.notes.keys(),
        short=_short_line(text),
        shows=pictures.shows,
    )
    written = _written(reader, text, front, defined, linked=noted)
    story = story_in(
        written, pictures, front.head.metadata(), titled=TITLE_PAGE not in without, dedication=front.dedication
    )
    if not story.chapters:
        if not any(map(str.isalnum, text)):
            raise NotAStory("there is no text in it", source.name, "choose a file with a story in it")
        return as_text(source)
    evidence = Evidence("encoding", decoded.encoding, decoded.why, decoded.confidence, Origin(source.name, 1))
    note_lines = (n.line + k for n in defined.notes.values() for k in range(n.text.count("\n") + 1))
    return Parsed(
        Book(story.metadata, story.chapters, story.pictures),
        (SourceText(source.name, decoded.text, "markdown"),),
        (*decoded.findings, *pictures.report()),
        quoted_omissions((*taken, *story.left_out, *reader.omissions, *story.title_page), decoded.text),
        (evidence, *story.evidence),
        moves=tuple(Origin(source.name, line) for line in note_lines),
    )


def _written(reader: TokenReader, text: str, front: FrontMatter, defined: Defined, *, linked: bool) -> FileTrees:
    """The trees of a file's text and of its notes; the marks of those, and the front matter, are named as left out.
    `linked`: links may cite notes, too."""
    tree = reader.tree(text, front.lines, citing=True)
    notes = {}
    for key, note in defined.notes.items():
        reader.omit("note mark", f"[^{key}]:", note.line)
        notes[key] = reader.tree(note.text, note.line - 1)
    if front.words:
        reader.omit("metadata", front.words, 2)
    for key, line in reader.cited.items():
        reader.omit("note mark", f"[^{key}]", line)
    dropped: set[int] = set()
    cited = take_notes(tree, dropped, reader.omit) if linked else {}
    return FileTrees(reader.name, tree, notes, defined.numbers, cited, frozenset(dropped))


def _line_paragraphs(text: str) -> bool:
    """Whether each line is a paragraph: lines that another follows at once are long and end their sentences."""
    followed = _followed(text)
    if len(followed) < ENOUGH_LINES:
        return False
    ends = sum(bool(ENDS.search(line)) for line in followed) / len(followed)
    lengths = sorted(map(len, followed))
    return ends >= SENTENCE_SHARE and lengths[int(len(lengths) * 0.9)] >= LONG_LINE


def _short_line(text: str) -> int:
    """The most characters of a line that was ended on purpose: in a file whose lines were broken to fit its width, one
    that had room for the next words."""
    lengths = sorted(map(len, _followed(text)))
    width = lengths[int(len(lengths) * 0.9)] if len(lengths) >= ENOUGH_LINES else 0
    return min(VERSE_WIDTH, int(ROOM * width)) if width else VERSE_WIDTH


def _followed(text: str) -> list[str]:
    """The lines of paragraphs that another line follows at once."""
    return [
        a.rstrip()
        for a, b in pairwise(text.split("\n"))
        if a.strip() and b.strip() and not a.lstrip().startswith(("#", ">", "|", "-", "*"))
    ]
