"""Model against the finished book, re-opened from its bytes."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from xml.parsers import expat

from converter.document.alignment import gaps, letters, proof_words
from converter.document.errors import ProofError
from converter.document.model import Book, Chapter
from converter.document.patterns import regex
from converter.document.words import chapter_name, chapter_strands
from converter.limits.unzip import OWN_BOOKS, Archive

QUOTED_WORDS = 12  # words of a loss that a message quotes
NOTE_BEGINS = "\f"  # white space, and no character of XML
BOX = "\ufffd"  # what is read where a PDF doesn't say what a glyph means
PIECE, SPACE = 100_000, regex(r"\s")  # characters of a long text that are read at a time
TURNED = 3  # words a page turn may tear apart


INLINE = frozenset(
    "a abbr b bdi bdo cite code dfn em i img kbd mark q rb rp rt ruby s samp small span strong sub sup u wbr".split()
)
OWN_LINES = frozenset(["label", "title", "line", "speaker"])  # spans set on a line of their own
APART = frozenset(
    ["noteref", "backlink", "titlepage", "note-mark", "endnotes-title", "endnotes-of"]
)  # what the writer adds


def prove_epub(book: Book, data: bytes) -> None:
    """The EPUB's chapters show exactly the model's text. Raises ProofError where a word differs."""
    have_notes: list[str] = []
    want_notes: list[str] = []
    _same("running text", _told(book, want_notes), _shown(data, have_notes))
    notes = "".join(have_notes)
    if Counter(_note_words(want_notes)) != Counter(_note_words(notes.split(NOTE_BEGINS))):
        _same("notes", want_notes, [notes])  # in order: a chapter in pieces has them by piece


def _told(book: Book, notes: list[str]) -> Iterator[str]:
    """The running text of a book's chapters; their notes are put with the others."""
    chapters = list(book.walk())
    for _, chapter in chapters:
        text, cited = chapter_strands(chapter)
        if len(chapters) == 1 and not chapter_name(chapter):  # the writer sets the title above it
            yield book.metadata.title
        yield text
        notes.extend(cited)


def _note_words(notes: Iterable[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words) for note in notes if (words := _words(note)))


def _words(text: str) -> list[str]:
    """The words between white space. A word joiner only holds a line together; the writer sets it before dashes."""
    return text.replace("\u2060", "").split()


def _word_runs(texts: Iterable[str]) -> Iterator[list[str]]:
    """The words of these texts, a piece of a text at a time: those of a long serial are not all held at once."""
    for text in texts:
        start = 0
        while start < len(text):
            space = SPACE.search(text, start + PIECE)
            end = space.start() if space else len(text)
            yield _words(text[start:end])
            start = end


def _same(what: str, wanted: Iterable[str], shown: Iterable[str]) -> None:
    """Raises ProofError where the words of these texts are not the same."""
    wants, haves = _word_runs(wanted), _word_runs(shown)
    want: list[str] = []
    have: list[str] = []
    before: list[str] = []
    while True:
        while not want and (more := next(wants, None)) is not None:
            want = more
        while not have and (more := next(haves, None)) is not None:
            have = more
        size = min(len(want), len(have))
        if want[:size] != have[:size] or not size:
            break
        before = [*before, *want[max(0, size - 6) : size]][-6:]
        want, have = want[size:], have[size:]
    if not want and not have:
        return
    at = next((i for i, (a, b) in enumerate(zip(want, have, strict=False)) if a != b), 0)
    after, wanted_words, became = (
        " ".join([*before, *want[:at]][-6:]),
        " ".join([*want[at:], *next(wants, [])][:5]),
        " ".join([*have[at:], *next(haves, [])][:5]),
    )
    raise ProofError(
        f"the {what} of the book differs from the story after “{after}”: “{wanted_words}” became “{became}”",
        remedy="this is a fault of the program; please report it with the story",
    )


def epub_text(data: bytes) -> tuple[str, str]:
    """The running text of the chapters in spine order and the text of the notes, as a reader of the EPUB sees them.

    Title page, contents, the marks that cite notes and the links back are the writer's own and left out.
    """
    notes: list[str] = []
    running = "".join(_shown(data, notes))
    return running, "".join(notes)


def _shown(data: bytes, notes: list[str]) -> Iterator[str]:
    """The running text of an EPUB's documents, one after the other; the text of their notes is put with the others."""
    book = Archive(data, OWN_BOOKS)
    for name in spine_documents(book):
        running: list[str] = []
        _read_document(book.read(name), running, notes)
        yield "".join(running)


def spine_documents(book: Archive) -> list[str]:
    """The names of an EPUB's documents in reading order."""
    roots: list[str] = []
    items: dict[str, str] = {}
    order: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "rootfile":
                roots.append(attributes["full-path"])
            case "item":
                items[attributes["id"]] = attributes["href"]
            case "itemref":
                order.append(attributes["idref"])

    _parse(book.read("META-INF/container.xml"), start)
    _parse(book.read(roots[0]), start)
    folder = posixpath.dirname(roots[0])
    return [posixpath.normpath(posixpath.join(folder, items[i])) for i in order]


def _parse(data: bytes, start: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(data, True)


def _read_document(data: bytes, running: list[str], notes: list[str]) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = skip_from = notes_from = 0
    inside_body = False
    strand = running

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, skip_from, notes_from, strand, inside_body
        depth += 1
        if name == "body":
            inside_body = True
        if skip_from:
            return
        classes = attributes.get("class", "").split()
        if name in ("nav", "rp", "head") or not APART.isdisjoint(classes):
            skip_from = depth
        elif "footnotes" in classes or ("footnote" in classes and not notes_from):
            notes_from, strand = depth, notes
        if "footnote" in classes:
            notes.append(NOTE_BEGINS)
        if name not in INLINE or not OWN_LINES.isdisjoint(classes):
            strand.append("\n")

    def end(name: str) -> None:
        nonlocal depth, skip_from, notes_from, strand
        if name not in INLINE:
            strand.append("\n")
        if depth == skip_from:
            skip_from = 0
        if depth == notes_from:
            notes_from, strand = 0, running
        depth -= 1

    def text(data: str) -> None:
        if inside_body and not skip_from:
            strand.append(data)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.Parse(data, True)


# --------------------------------------------------------------------------------------------- model against PDF


def prove_pdf(book: Book, data: bytes, before: Sequence[Chapter] = ()) -> None:
    """Every word of the model stands in the PDF, in order, the notes by themselves; those of the chapters that stand
    `before` the contents on the pages there.

    What a theme sets between (ornaments) may stand there too. Raises ProofError.
    """
    from converter.proof.pdf_text import front_text, pdf_strands

    if before:
        said = "\n".join(part for text, notes in map(chapter_strands, before) for part in (text, *notes))
        _stands(said, _named(front_text(data), said), "PDF")

    strands = [chapter_strands(c) for _, c in book.walk()]
    running, notes = pdf_strands(data)
    for want, have in (
        ("\n".join(text for text, _ in strands), running),
        ("\n".join(note for _, cited in strands for note in cited), notes),
    ):
        _stands(want, _named(have, want), "PDF")


def _named(have: str, want: str) -> str:
    """The printed text, with the words of the story where an empty box stands for a letter that no font has: the PDF
    may not say which letter that is."""
    if BOX not in have:
        return have
    shown = frozenset(have)
    words = [word for word in want.split() if not shown.issuperset(word)]

    def named(word: str) -> str:
        like = (w for w in words if len(w) == len(word) and all(b in (a, BOX) for a, b in zip(w, word, strict=True)))
        return next(like, word)

    return " ".join(named(word) if BOX in word else word for word in have.split())


def prove_txt(book: Book, data: bytes) -> None:
    """Every word of the model stands in the text; their order is not proved, for marks and numbers stand among them.
    Raises ProofError."""
    strands = (chapter_strands(c) for _, c in book.walk())
    _stands("\n".join(t for running, notes in strands for t in (running, *notes)), data.decode("utf-8"), "text")


def _stands(want: str, have: str, what: str) -> None:
    model, printed = proof_words(want), proof_words(have)
    lost: list[tuple[int, str]] = []
    added: list[str] = []
    for gap in gaps(model, printed):
        missing, extra = model[gap.start : gap.end], printed[gap.other : gap.other_end]
        if len(missing) <= TURNED and _within(letters(missing), letters(extra)):
            continue  # a word that the end of a line cut, or two that it joined
        lost.extend(enumerate(missing, gap.start))
        added.extend(extra)
    lost, _, _ = _moved_words(lost, added)
    if lost and not _all_there(model, printed):
        at = lost[0][0]
        before = " ".join(model[max(0, at - 6) : at])
        raise ProofError(
            f"{len(lost)} words of the story are not in the {what}: “{_first_run(lost)}” (after “{before}”)",
            remedy="this is a fault of the program; please report it with the story",
        )


def _all_there(model: list[str], printed: list[str]) -> bool:
    """Whether only order or cuts differ: from right to left a line's phrases stand turned about; narrow columns cut
    many words in a row."""
    return not Counter(model) - Counter(printed) or _within(letters(model), letters(printed))


def _within(short: str, long: str) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)


def _moved_words(lost: list[tuple[int, str]], added: list[str]) -> tuple[list[tuple[int, str]], int, list[str]]:
    """Lost words that were added elsewhere, taken off both lists."""
    spare = Counter(letters((w,)) for w in added)
    rest = []
    moved = 0
    for at, word in lost:
        key = letters((word,))
        if spare[key]:
            spare[key] -= 1
            moved += 1
        else:
            rest.append((at, word))
    if rest and letters(w for _, w in rest) in letters(spare.elements()):
        moved, rest, spare = moved + len(rest), [], Counter()
    unmoved = []
    for word in reversed(added):
        key = letters((word,))
        if spare[key]:
            spare[key] -= 1
            unmoved.append(word)
    return rest, moved, unmoved[::-1]


def _first_run(lost: Sequence[tuple[int, str]]) -> str:
    """The first lost words that stand together, as a message quotes them."""
    run = [lost[0][1]]
    for (a, _), (b, word) in pairwise(lost):
        if b != a + 1 or len(run) == QUOTED_WORDS:
            return " ".join(run) + " …" if len(lost) > len(run) else " ".join(run)
        run.append(word)
    return " ".join(run)
