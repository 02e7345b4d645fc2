"""The proof that no word is lost: source against model, model against the finished book re-opened from its bytes.

Strategy. The book and its model are both ours, so their texts must be equal to the character once white space is
levelled; that is one comparison of strings. A source and its model differ on purpose (what was left out is named in
omissions, notes stand where they are cited, hyphens at line ends are undone): there the words are aligned
(`alignment.py`), and what remains must be an omission or stand elsewhere. What is left then was lost.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import compress, pairwise
from xml.parsers import expat

from converter.alignment import gaps, letters, pieces
from converter.contracts import Diagnostic, Omission
from converter.errors import ProofError
from converter.model import Book
from converter.walk import book_text, chapter_strands

TURNED = 3  # words a page turn may tear apart
NEAR = 60  # words from the beginning of its line in which an omission begins
SHOWN = 12  # words of a loss that a message quotes


# ------------------------------------------------------------------------------------------ source against model


def prove_reading(visible: str, omissions: Sequence[Omission], book: Book) -> tuple[Diagnostic, ...]:
    """Every word of the source is in the book or in an omission; words found elsewhere and words too many are reported.

    Raises ProofError with the first lost words and what stands before them.
    """
    source, begins = _source_words(visible, omissions)
    model = pieces(book_text(book))
    if source == model:
        return ()
    whole, all_omissions = source, omissions
    source, omissions = _without_placed(source, begins, omissions)
    lost, moved, added = _compared(source, omissions, model)
    if lost and (again := _compared(*_in_turn(whole, all_omissions), model)) and not again[0]:
        lost, moved, added = again
    if lost:
        at = lost[0][0]
        run = _first_run(lost)
        before = " ".join(source[max(0, at - 6) : at])
        where = f"after “{before}”" if before else "at the beginning"
        raise ProofError(
            f"{len(lost)} {'word' if len(lost) == 1 else 'words'} would be lost: “{run}” ({where})",
            remedy="this is a fault of the program; please report it with the story",
        )
    out = []
    if moved:
        out.append(
            Diagnostic("proof-moved", f"{moved} words stand at another place than in the source", severity="info")
        )
    if added:
        run = " ".join(added[:SHOWN])
        message = f"{len(added)} words are in the book that the source doesn't have: “{run}”"
        out.append(Diagnostic("proof-added", message, severity="warning"))
    return tuple(out)


def _compared(
    source: list[str], omissions: Sequence[Omission], model: list[str]
) -> tuple[list[tuple[int, str]], int, list[str]]:
    """(words lost and where, how many stand elsewhere, words too many)."""
    spare = _Spare(omissions)
    lost: list[tuple[int, str]] = []
    added: list[str] = []
    for gap in gaps(source, model):
        lost.extend(spare.unexplained(source, gap.start, gap.end))
        added.extend(model[gap.other : gap.other_end])
    return _moved(lost, added)


def _in_turn(source: list[str], omissions: Sequence[Omission]) -> tuple[list[str], list[Omission]]:
    """The source's words without the omissions, each taken where it first stands after the one before it; and the
    others. For pages whose omissions stand far from the lines they name, where what is left out reads like the story.
    """
    places: dict[str, list[int]] = {}
    for at, word in enumerate(source):
        places.setdefault(word, []).append(at)
    kept = bytearray(b"\1" * len(source))
    left: list[Omission] = []
    after = 0
    for omission in omissions:
        words = pieces(omission.text)
        if not words:
            continue
        begins = places.get(words[0], [])
        size = len(words)
        turn = bisect_left(begins, after)
        for at in (*begins[turn:], *begins[:turn]):
            if source[at : at + size] == words and all(kept[at : at + size]):
                kept[at : at + size] = bytes(size)
                after = at + size
                break
        else:
            left.append(omission)
    return list(compress(source, kept)), left


def _source_words(visible: str, omissions: Sequence[Omission]) -> tuple[list[str], dict[int, int]]:
    """The source's words, and for each line that an omission names the number of words before it."""
    source: list[str] = []
    begins: dict[int, int] = {}
    lines = visible.split("\n")
    done = 0
    for number in sorted({o.origin.line for o in omissions if 0 < o.origin.line <= len(lines)}):
        source += pieces("\n".join(lines[done : number - 1]))
        begins[number] = len(source)
        done = number - 1
    source += pieces("\n".join(lines[done:]))
    return source, begins


def _without_placed(
    source: list[str], begins: dict[int, int], omissions: Sequence[Omission]
) -> tuple[list[str], Sequence[Omission]]:
    """The source's words without the omissions that stand, word for word, at the line they name; and the others."""
    if not omissions:
        return source, omissions
    kept = bytearray(b"\1" * len(source))
    left: list[Omission] = []
    for omission in omissions:
        words = pieces(omission.text)
        at = begins.get(omission.origin.line, len(source))
        place = _find(words, source, at, kept) if words else None
        if place is None:
            left.append(omission)
        else:
            kept[place : place + len(words)] = bytes(len(words))
    return list(compress(source, kept)), left


def _find(words: list[str], source: list[str], start: int, kept: bytearray) -> int | None:
    size = len(words)
    for at in range(start, min(start + NEAR, len(source))):
        if source[at : at + size] == words and all(kept[at : at + size]):
            return at
    return None


class _Spare:
    """The omissions not used yet, found by their first word."""

    def __init__(self, omissions: Sequence[Omission]) -> None:
        self.by_first: dict[str, list[list[str]]] = {}
        for omission in omissions:
            if words := pieces(omission.text):
                self.by_first.setdefault(words[0], []).append(words)
        self.loose = Counter(w for many in self.by_first.values() for words in many for w in words)

    def unexplained(self, source: Sequence[str], start: int, end: int) -> list[tuple[int, str]]:
        """The words of this run that no omission holds.

        An alignment may cut a run late when the omitted words and the kept ones begin alike, so a run is also tried
        as it stands some words earlier.
        """
        shift = 0
        while not self._begins(source, start - shift, end - shift):
            if shift >= end - start or start - shift <= 0 or source[start - shift - 1] != source[end - shift - 1]:
                shift = 0
                break
            shift += 1
        at, end = start - shift, end - shift
        rest: list[tuple[int, str]] = []
        while at < end:
            used = self._begins(source, at, end)
            if used:
                self.by_first[used[0]].remove(used)
                self.loose.subtract(used)
                at += len(used)
            else:
                rest.append((at, source[at]))
                at += 1
        return self._by_word(rest)

    def _begins(self, source: Sequence[str], at: int, end: int) -> list[str] | None:
        best: list[str] | None = None
        for words in self.by_first.get(source[at], ()) if at < end else ():
            if (
                source[at : at + len(words)] == words
                and at + len(words) <= end
                and (best is None or len(words) > len(best))
            ):
                best = words
        return best

    def _by_word(self, rest: list[tuple[int, str]]) -> list[tuple[int, str]]:
        out = []
        for at, word in rest:
            if self.loose[word] > 0:
                self.loose[word] -= 1
            else:
                out.append((at, word))
        return [] if out and self._rejoined(out) else out

    def _rejoined(self, out: list[tuple[int, str]]) -> bool:
        """Whether these words are a word, or the whole, of an omission not used yet, parted otherwise ("1 st",
        "1st")."""
        wanted = letters(w for _, w in out)
        for word, left in self.loose.items():
            if left > 0 and letters((word,)) == wanted:
                self.loose[word] -= 1
                return True
        for many in self.by_first.values():
            for words in many:
                if letters(words) == wanted:
                    many.remove(words)
                    return True
        return False


def _moved(lost: list[tuple[int, str]], added: list[str]) -> tuple[list[tuple[int, str]], int, list[str]]:
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
    left = []
    for word in reversed(added):
        key = letters((word,))
        if spare[key]:
            spare[key] -= 1
            left.append(word)
    return rest, moved, left[::-1]


def _first_run(lost: Sequence[tuple[int, str]]) -> str:
    run = [lost[0][1]]
    for (a, _), (b, word) in pairwise(lost):
        if b != a + 1 or len(run) == SHOWN:
            return " ".join(run) + " …" if len(lost) > len(run) else " ".join(run)
        run.append(word)
    return " ".join(run)


# -------------------------------------------------------------------------------------------- model against EPUB

INLINE = frozenset(
    "a abbr b bdi bdo cite code dfn em i img kbd mark q rb rp rt ruby s samp small span strong sub sup u wbr".split()
)
ALONE = frozenset(["label", "title", "line", "speaker"])  # spans set on a line of their own
APART = frozenset(["noteref", "backlink", "titlepage", "note-mark"])  # what the writer adds


def prove_epub(book: Book, data: bytes) -> None:
    """The EPUB's chapters show exactly the model's text. Raises ProofError where a word differs."""
    running, notes = epub_text(data)
    want_running: list[str] = []
    want_notes: list[str] = []
    chapters = list(book.walk())
    for _, chapter in chapters:
        text, cited = chapter_strands(chapter)
        if len(chapters) == 1 and not (chapter.label or chapter.title):
            want_running.append(book.metadata.title)
        want_running.append(text)
        want_notes.extend(cited)
    _same("running text", " ".join(want_running).split(), running.split())
    _same("notes", " ".join(want_notes).split(), notes.split())


def _same(what: str, want: list[str], have: list[str]) -> None:
    if want == have:
        return
    at = next((i for i, (a, b) in enumerate(zip(want, have, strict=False)) if a != b), min(len(want), len(have)))
    before, wanted, found = (
        " ".join(want[max(0, at - 6) : at]),
        " ".join(want[at : at + 5]),
        " ".join(have[at : at + 5]),
    )
    raise ProofError(
        f"the {what} of the book differs from the story after “{before}”: “{wanted}” became “{found}”",
        remedy="this is a fault of the program; please report it with the story",
    )


def epub_text(data: bytes) -> tuple[str, str]:
    """The running text of the chapters in spine order and the text of the notes, as a reader of the EPUB sees them.

    Title page, contents, the marks that cite notes and the links back are the writer's own and left out.
    """
    running: list[str] = []
    notes: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for name in spine(book):
            _read_page(book.read(name), running, notes)
    return "".join(running), "".join(notes)


def spine(book: zipfile.ZipFile) -> list[str]:
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


def _read_page(data: bytes, running: list[str], notes: list[str]) -> None:
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
        if name not in INLINE or not ALONE.isdisjoint(classes):
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


def prove_pdf(book: Book, data: bytes) -> None:
    """Every word of the model stands in the PDF, in order, the notes by themselves.

    What a theme sets between (ornaments) may stand there too. Raises ProofError.
    """
    from converter.printed import pdf_strands

    strands = [chapter_strands(c) for _, c in book.walk()]
    running, notes = pdf_strands(data)
    _stands("\n".join(text for text, _ in strands), running)
    _stands("\n".join(note for _, cited in strands for note in cited), notes)


def _stands(want: str, have: str) -> None:
    model, printed = pieces(want), pieces(have)
    lost: list[tuple[int, str]] = []
    added: list[str] = []
    for gap in gaps(model, printed):
        missing, extra = model[gap.start : gap.end], printed[gap.other : gap.other_end]
        if len(missing) <= TURNED and _within(letters(missing), letters(extra)):
            continue  # a word that the end of a line cut, or two that it joined
        lost.extend(enumerate(missing, gap.start))
        added.extend(extra)
    lost, _, _ = _moved(lost, added)
    if lost:
        at = lost[0][0]
        before = " ".join(model[max(0, at - 6) : at])
        raise ProofError(
            f"{len(lost)} words of the story are not in the PDF: “{_first_run(lost)}” (after “{before}”)",
            remedy="this is a fault of the program; please report it with the story",
        )


def _within(short: str, long: str) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)


# --------------------------------------------------------------------------------------- any EPUB against a story


def missing_words(book: Book, text: str) -> tuple[tuple[str, str], ...]:
    """Runs of words of the story that are not in `text`, each with the words before it.

    For books made by others: what they add (title pages, contents) doesn't count, and a run that stands elsewhere isn't
    missing.
    """
    strands = [chapter_strands(c) for _, c in book.walk()]
    model = pieces("\n".join("\n".join((running, *notes)) for running, notes in strands))
    shown = pieces(text)
    found = list(gaps(model, shown))
    added = f" {' '.join(w for g in found for w in (*shown[g.other : g.other_end], '|'))} "
    runs = [(g.start, model[g.start : g.end]) for g in found if g.end > g.start]
    return tuple(
        (" ".join(run), " ".join(model[max(0, at - 6) : at])) for at, run in runs if f" {' '.join(run)} " not in added
    )
