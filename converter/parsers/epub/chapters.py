"""The chapters of an EPUB by its contents list: where each begins, its heading, what stands under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converter.document.contracts import Insertion, Omission
from converter.document.model import (
    NAMED_ROLES,
    Chapter,
    ChapterKind,
    Inlines,
    Origin,
    Person,
    SceneBreak,
)
from converter.document.record import dataclass
from converter.document.words import plain_text
from converter.parsers.epub.contents import Entry
from converter.parsers.epub.cut_sentences import with_whole_sentences
from converter.parsers.epub.front import Known, chapters_inside, is_brief, read_front, stubs
from converter.parsers.epub.heads import Heads, ornaments
from converter.parsers.epub.starts import Start
from converter.parsers.html.extraction.facts import Facts
from converter.parsers.items.captions import with_captions
from converter.parsers.items.chapters import Divided, chapter, divide, parted
from converter.parsers.items.inlines import joined
from converter.parsers.items.kinds import Gap, HeadingItem, Item
from converter.parsers.items.letters import name_letters
from converter.parsers.items.mottos import with_epigraphs
from converter.parsers.items.normalisation import gaps_settled
from converter.parsers.items.sections import same_words, sections_of
from converter.recognisers.headings.words import Lexicon
from converter.recognisers.metadata.empty_labels import says_nothing
from converter.recognisers.metadata.names import split_names
from converter.recognisers.vocabulary import listed_words

KINDS: dict[str, ChapterKind] = {
    name: name
    for name in (
        "part", "volume", "prologue", "epilogue", "preface", "foreword", "introduction", "afterword", "dedication",
        "epigraph", "acknowledgments", "appendix",
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the text as it comes to be divided: what begins there, its items, where it stands. `spoken`: the
    letters of its documents, with those that are left out."""

    starts: Sequence[Start]
    items: Sequence[Item]
    origin: Origin
    spoken: int = 0


class Divider:
    """The chapters so far, what was left out and put in for them, and what the title page says."""

    def __init__(self, known: Known, lexicon: Lexicon) -> None:
        self.known, self.title, self.language, self.name = known, known.title, known.language, known.name
        self.lexicon = lexicon
        self.omissions: list[Omission] = []
        self.heads = Heads(self.title, lexicon)
        self.said = Facts()
        self.made: list[tuple[int, Chapter]] = []  # with their depths

    @property
    def insertions(self) -> list[Insertion]:
        """The headings that were put in."""
        return self.heads.insertions

    def take(self, stretches: Sequence[Stretch], *, titled: bool = True) -> None:
        """All parts of the text, in order. `titled`: there may be a title page among those before the first chapter."""
        first = next((i for i, s in enumerate(stretches) if not self._may_be_front(s)), len(stretches))
        told = [s for s in stretches[first:] if s.starts and s.starts[-1].entry is not None]
        behind = stubs([(s.starts[-1].entry.title, s.items) for s in told if s.starts[-1].entry]) if first else []
        for at, one in enumerate(stretches):
            page = read_front(one.items, behind, self.known) if at < first and behind and titled else None
            if page is not None:
                self._take_front(page, one)
            else:
                self._take(one, alone=len(told) <= 1, titled=titled)

    def _may_be_front(self, one: Stretch) -> bool:
        """Whether a part is a page before the first chapter: a few words, to which no entry leads, or one that says
        the book's title, or only that it is a page."""
        if any(start.headed or not start.linear for start in one.starts):
            return False
        return all(s.entry is None or self._says_nothing(s.entry) for s in one.starts) and is_brief(one.items)

    def _says_nothing(self, entry: Entry) -> bool:
        title = entry.title
        empty = says_nothing(title) or same_words(title, self.title)
        return empty or title.casefold().strip() in listed_words("files", "front_pages")

    def _take_front(self, page: Divided, one: Stretch) -> None:
        """A page before the first chapter."""
        said = _kind(one.starts[0].types if one.starts else frozenset(), None)
        self._take_said(page)
        for made in page.chapters:
            bare = not (made.label or made.title) and made.kind in ("chapter", "front")
            kind = "front" if said == "chapter" and bare else said if bare else made.kind
            self.made.append((0, replace(made, kind=kind, origin=made.origin or one.origin)))

    def _take_said(self, page: Divided) -> None:
        self.omissions.extend(page.omissions)
        for name in ("title", "subtitle", "published", "series", "series_index"):
            self.said.add(name, getattr(page, name), "EPUB, title page")
        helpers = tuple(Person(name, NAMED_ROLES[role]) for role, name in page.helpers)
        self.said.add("people", (*split_names(page.author), *helpers), "EPUB, title page")

    def _take(self, one: Stretch, *, alone: bool, titled: bool) -> None:
        """The next part. Of several that begin at one place the last has the text, those before it have headings.
        Where all letters of its documents are left out or stand elsewhere as notes, an entry leads to nothing. `alone`:
        no other entry leads to the text."""
        starts, origin = one.starts, one.origin
        items = gaps_settled(with_captions(with_whole_sentences(one.items)))
        if one.spoken and self._emptied(items, origin, one.spoken):
            return
        if not starts or (starts[0].entry is None and not starts[0].headed):
            self._without_entry(starts[0] if starts else None, items, origin)
            return
        last = starts[-1]
        if titled and alone and last.entry is not None and len(starts) == 1 and self._divided_inside(last, one):
            return
        for start in starts[:-1]:
            head, items = self.heads.read(start, items, last=False)
            self._add(start, head, [], origin)
        head, items = self.heads.read(last, items, last=True)
        self._add(last, head, items, origin)

    def _divided_inside(self, start: Start, one: Stretch) -> bool:
        """Takes the chapters that the lines of a text divide, where the contents list knows only that it begins."""
        made = chapters_inside(one.items, self.known)
        if made is None:
            return False
        self._take_said(made)
        self.made += ((start.depth, replace(c, origin=c.origin or one.origin)) for c in made.chapters)
        return True

    def _emptied(self, items: Sequence[Item], origin: Origin, spoken: int) -> bool:
        """Whether nothing but a heading is left of a part that had more: the heading is left out, too."""
        if any(not isinstance(item, Gap | HeadingItem | SceneBreak) for item in items):
            return False
        heads = [" ".join(plain_text(line) for line in i.lines) for i in items if isinstance(i, HeadingItem)]
        headed = sum(map(str.isalnum, " ".join(heads)))
        if spoken <= headed:
            return False
        self.omissions.extend(Omission("heading without text", head, origin) for head in heads)
        return True

    def chapters(self) -> list[Chapter]:
        """The chapters, those below others in them; parts that the list only names hold what follows them."""
        written = [(depth, c) for depth, c in self.made if c.blocks or c.label or c.title]
        named = [c for _, c in written if c.label or c.title]
        if len(named) == 1 and same_words(plain_text((*named[0].label, *named[0].title)), self.title):
            written = [(d, self._untitled(c) if c is named[0] else c) for d, c in written]
        if all(depth == 0 for depth, _ in written):
            return parted([c for _, c in written])
        return _nested(written)

    def _untitled(self, only: Chapter) -> Chapter:
        """The only chapter without a heading that says the book's title."""
        words = " ".join(filter(None, (plain_text(only.label), plain_text(only.title))))
        inserted = next((i for i in self.insertions if same_words(i.text, words)), None)
        if inserted is not None:
            self.insertions.remove(inserted)
        else:
            self.omissions.append(Omission("duplicate title", words, only.origin or Origin(self.name, 1)))
        return replace(only, label=(), title=(), number=None)

    def _without_entry(self, start: Start | None, items: list[Item], origin: Origin) -> None:
        """What no entry names: it stands before the story, or beside it."""
        beside: ChapterKind = "front" if start is None or start.linear else "back"
        kind = _kind(start.types if start else frozenset(), None)
        kind = beside if kind == "chapter" else kind
        _, rest = ornaments(items)
        if start is not None and rest and isinstance(rest[0], HeadingItem):
            head, items = self.heads.read(start, items, last=True)
            self._add(start, head, items, origin)
            depth, made = self.made.pop()
            self.made.append((depth, replace(made, kind=kind if made.kind == "chapter" else made.kind)))
            return
        made_of = divide(items, self.language, self.title, self.name, titled=False)
        self.omissions.extend(made_of.omissions)
        for one in made_of.chapters:
            bare = not (one.label or one.title) and one.kind in ("chapter", "front")
            self.made.append((0, replace(one, kind=kind if bare else one.kind, origin=one.origin or origin)))

    def _add(self, start: Start, head: tuple[Inlines, ...], items: Sequence[Item], origin: Origin) -> None:
        form = sections_of([HeadingItem(head, 1, origin)], self.lexicon)[0].form if head else None
        made = with_epigraphs(chapter(joined(head) if head else (), form, items, origin))
        made = replace(made, blocks=tuple(name_letters(made.blocks)), kind=_kind(start.types, made.kind))
        self.made.append((start.depth, made))


def _kind(types: frozenset[str], known: ChapterKind | None) -> ChapterKind:
    said = next((KINDS[name] for name in KINDS if name in types), None)
    if said is not None and known in (None, "chapter"):
        return said
    return known or "chapter"


def _nested(chapters: Sequence[tuple[int, Chapter]]) -> list[Chapter]:
    """Chapters below those that stand less deep before them."""
    done: list[Chapter] = []
    open_ones: list[tuple[int, Chapter]] = []

    def close(depth: int) -> None:
        while open_ones and open_ones[-1][0] >= depth:
            _, one = open_ones.pop()
            if open_ones:
                level, above = open_ones[-1]
                open_ones[-1] = level, replace(above, children=(*above.children, one))
            else:
                done.append(one)

    for depth, one in chapters:
        close(depth)
        open_ones.append((depth, one))
    close(-1)
    return done
