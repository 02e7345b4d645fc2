"""Typst at work on one book: a folder of its own with all that it may read, the layout, the PDF.

A `Press` may be asked for the places of what the story is made of (`marks`), for some paragraphs alone (`tried`), and
for the book with some of them set tighter or looser (`printed` with a plan), any number of times; what doesn't change
is not laid out anew. It may be told to set a part of the book alone (`take`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from converter.document.contracts import Theme
from converter.document.errors import OutputError
from converter.document.findings.printing import PrintInstalledFont, PrintLeftOut, PrintNoGlyph, PrintOnlyBold
from converter.document.model import Book
from converter.document.record import dataclass
from converter.themes.design import signs_of
from converter.writers.pages import PageGeometry, type_size
from converter.writers.paper import paper
from converter.writers.pdf.printed import Crew, Printed, require_engine, typst_begins
from converter.writers.pdf.typst.block_nodes import Node, Sizes
from converter.writers.pdf.typst.design import characters_in, design_of, shrink
from converter.writers.pdf.typst.faces import faces_for, fonts_of, made_fonts
from converter.writers.pdf.typst.finish import finished
from converter.writers.pdf.typst.freed import give_back
from converter.writers.pdf.typst.levelling import Asked, Ends, Marks, Place, Plan
from converter.writers.pdf.typst.nodes import book_nodes, chapter_runs
from converter.writers.pdf.typst.numbering import NOTED, Numbering, numbered
from converter.writers.pdf.typst.page_ends import held
from converter.writers.pdf.typst.pictures import pictures_of
from converter.writers.small_capitals import letters_wanted

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

T = TypeVar("T")
STANDARDS = ["ua-1", "a-3a"]
GENERATOR = "Chapbook"
FONTS = "fonts"  # a folder: typefaces that are made for a book
BULLETS = "•…"  # of lists, and of running heads that are cut
UNSET = re.compile(r'the (?:text|PDF contains the codepoint) `"([^`]{1,20})"`')
ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
SHOWN = 300  # characters of what Typst says that a message quotes
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PAGES = 4  # of a trial: each is set by a thread of its own
PLACES = (
    "(<s>, <e>).map(l => query(l).map(m => { let p = m.location().position(); (m.value, p.page, p.x.pt(), p.y.pt()) }))"
)
NAMED = "query(<%s>).map(m => { let p = m.location().position(); (m.value, p.page, p.x.pt(), p.y.pt()) })"
NOTES_ON_PAGE = 40  # on each page of a trial: the longer it gets, the more Typst does for each


class Press:
    """A book, a theme and a sheet, ready to be set. Use it in a `with`: its folder goes when that ends.

    `marked`: places can be asked for; the feet of pages are to be `levelled` then, where the script allows it.
    `standard`: the PDF is to be of its standards. Raises SettingError where Typst or a font is missing.
    """

    def __init__(self, book: Book, theme: Theme, sheet: PageGeometry, *, marked: bool = False) -> None:
        self._typst = _library()
        self._folder = TemporaryDirectory(prefix="chapbook-", ignore_cleanup_errors=True)
        self._root = Path(self._folder.name)
        self._book = book
        self.bound = sheet.bound
        html = paper(book, theme, sheet, GENERATOR)
        text = frozenset(
            "".join((*html.itertext(), theme.settings.get("ornament", ""), signs_of(theme.design), BULLETS))
        )
        self._faces = faces_for(theme, text, book.metadata.language)
        self._made = made_fonts(
            theme, self._faces, letters_wanted(html, theme.design), type_size(theme, sheet), self._root / FONTS
        )
        pictures, left_out = pictures_of(book, sheet, self._root)
        self._findings: list[Finding] = [PrintLeftOut(what) for what in left_out]
        if theme.own_css:
            self._findings.append(PrintLeftOut("what the style's own print.css says, which Typst can't read"))
        sizes = Sizes(
            characters_in(theme, sheet), *(characters_in(theme, sheet, part) for part in _parts(theme.design))
        )
        self._nodes = book_nodes(html, pictures, sizes)
        self._nodes["meta"] = _meta(html, book)
        self.sections = tuple(_section(run) for run in chapter_runs(html.find("body/main")))
        self.design = design_of(theme, sheet, book.metadata.language, self._faces, levelled=marked)
        if "small" in (html.get("class") or "").split():
            shrink(self.design)
        self.levelled = self.design["levelled"]
        self.marked = self.design["marked"] = marked
        for name, data in _templates().items():
            (self._root / name).write_bytes(data)
        self._write("design.json", self.design)
        self.numbering = numbered(self._nodes["chapters"], self.design) if self.marked else Numbering(())
        self.standard = True
        self._plan: Plan | None = None
        self._known: tuple[Marks, dict[int, Place] | None] | None = None
        self._unheld: list[tuple[Node, Node]] = []
        self._compiler: Any = None
        self._crew: Crew | None = None

    def __enter__(self) -> Press:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._compiler = None
        self._folder.cleanup()

    def ask_apart(self, crew: Crew | None) -> None:
        """From now on Typst is asked in processes of this crew, each of which ends with its answer: what it has laid
        out it keeps as long as a process lives. Whatever goes wrong there is a CrewError. None: it is asked here."""
        if crew:
            give_back()
        self._crew = crew
        self._plan = None

    def _ask(self, question: Callable[[], T]) -> T:
        if self._crew is None:
            return question()
        (answer,) = self._crew.run([lambda _: question()], lambda _, __: ())
        return cast("T", answer)

    def rearranged(self) -> None:
        """To be told when the blocks of chapters have been put in another order, or are to be set in another manner."""
        self.numbering = numbered(self.chapters, self.design)
        self._plan = None

    def marks(self, plan: Plan | None = None) -> Marks:
        """Where what is numbered begins and ends, set by this plan: of a press that is `marked`. Raises OutputError."""
        self._follow(plan or Plan())
        if self._known is None:
            self._known = self._ask(lambda: (self._told(self._set_book()), self._cited() if self._crew else None))
        return self._known[0]

    def tried(self, asked: Sequence[Asked], ends: Mapping[int, Ends] | None = None) -> list[tuple[Place, ...]]:
        """Where paragraphs begin and end, and where their notes are cited: each is set by a factor, on pages without
        margins that never end; `ends`: where by a plan pages end in them. Raises OutputError."""
        alone = [
            self.numbering.alone(number, factor, name, self._held(number, (ends or {}).get(number)))
            for name, (number, factor) in enumerate(asked, 1)
        ]
        self._write("trial.json", [page for n in range(PAGES) if (page := alone[n::PAGES])])
        marks, labelled = self._ask(self._trial)
        cited: dict[int, list[Place]] = {}
        for name, place in sorted(labelled.items()):
            cited.setdefault(name // NOTED, []).append(place)
        return [(*marks[name], *cited.get(name, ())) for name in range(1, len(asked) + 1)]

    def _trial(self) -> tuple[Marks, dict[int, Place]]:
        compiler = self._at_work("trial.typ")
        return self._told(compiler), self._labelled(compiler, "c") if self.numbering.notes else {}

    def cited(self) -> dict[int, Place]:
        """Where notes are cited, by their own numbers. Of a press that was asked for `marks`. Raises OutputError."""
        known = self._known[1] if self._known else None
        return self._cited() if known is None else known

    def _cited(self) -> dict[int, Place]:
        return self._labelled(self._set_book(), "c") if self.numbering.notes else {}

    def noted(self, numbers: Sequence[int]) -> dict[int, float]:
        """How high these notes are, in points, each of one line at least. Raises OutputError."""
        notes = [self.numbering.notes[number] for number in numbers]
        pages = [notes[at : at + NOTES_ON_PAGE] for at in range(0, len(notes), NOTES_ON_PAGE)]
        last = [["note", [], ["."], 1, -at] for at in range(1, len(pages) + 1)]
        trial = [[run for note in page for run in (note, " ")] for page in map(_with, pages, last)]
        self._write("trial.json", [[[{"k": "p", "c": "", "b": runs}]] for runs in trial])
        stand = self._ask(lambda: self._labelled(self._at_work("trial.typ"), "f"))
        below = [stand[note[4]].y for page in map(_with, pages, last) for note in page[1:]]
        return {number: y - stand[number].y for number, y in zip(numbers, below, strict=True)}

    def _labelled(self, compiler: Any, name: str) -> dict[int, Place]:
        try:
            return {number: Place(*where) for number, *where in json.loads(compiler.eval(NAMED % name))}
        except self._typst.TypstError as error:
            raise self._failed(error) from error

    def _told(self, compiler: Any) -> Marks:
        try:
            begins, ends = json.loads(compiler.eval(PLACES))
        except self._typst.TypstError as error:
            raise self._failed(error) from error
        ended = {number: Place(*where) for number, *where in ends}
        return {number: (Place(*where), ended[number]) for number, *where in begins if number in ended}

    def printed(self, plan: Plan | None = None) -> Printed:
        """The PDF, set by this plan. Raises OutputError."""
        data, unset = self.compiled(plan)
        data, pages = finished(data, self._book, cover=self.has_cover, bound=self.bound)
        return Printed(data, pages, self.findings(unset), archival=self.standard and not unset)

    @property
    def has_cover(self) -> bool:
        """Whether the first page is a cover."""
        return self._nodes["cover"] is not None

    def findings(self, unset: frozenset[str]) -> tuple[Finding, ...]:
        """What is told of the printing, given the characters that no font has."""
        findings = list(self._findings)
        if unset:
            findings.append(PrintNoGlyph("".join(sorted(unset))))
        if borrowed := sorted(self._faces.missing - unset):
            findings.append(PrintInstalledFont("".join(borrowed)))
        if self._faces.only_bold:
            findings.append(PrintOnlyBold("".join(sorted(self._faces.only_bold))))
        return tuple(findings)

    @property
    def chapters(self) -> list[Node]:
        """The chapters that are set."""
        chapters: list[Node] = self._nodes["chapters"]
        return chapters

    @property
    def identifier(self) -> str:
        """What the book is known by."""
        return self._book.metadata.identifier

    def take(self, begin: int, end: int, part: Node) -> list[Node]:
        """From now on only the chapters from `begin` to `end` are set, as this `part` of the book (book.typ); answers
        with their nodes, in which links may be changed before anything is set. For a process of its own: there is no
        way back."""
        chapters: list[Node] = self._nodes["chapters"][begin:end]
        self._nodes = {**self._nodes, "chapters": chapters, "part": part}
        whole = self.numbering
        told, begins = whole.chapters[begin:end], whole.begins[begin:end]
        here = {what.number for chapter in told for what in chapter}
        lined = {number: block for number, block in whole.lined.items() if number in here}
        paragraphs = {number: block for number, block in whole.paragraphs.items() if number in here}
        column = {number: block for number, block in whole.column.items() if number in here}
        openings = whole.openings[begin:end]
        sinks = {number: chapter for number, chapter in whole.sinks.items() if number in here}
        cited = {note for chapter in told for what in chapter for note in what.notes}
        notes = {number: note for number, note in whole.notes.items() if number in cited}
        self.numbering = Numbering(told, begins, lined, paragraphs, whole.around, column, openings, sinks, notes)
        self._plan = None
        return chapters

    def places(self, names: Sequence[str]) -> list[Place]:
        """Where what has these names stands. Of a press that has set the book. Raises OutputError."""
        asked = ", ".join(f"label({json.dumps(name, ensure_ascii=False)})" for name in names)
        found = (
            f"({asked},).map(l => {{ let p = query(l).first().location().position(); (p.page, p.x.pt(), p.y.pt()) }})"
        )
        return self._ask(lambda: self._found(found))

    def _found(self, asked: str) -> list[Place]:
        try:
            return [Place(*where) for where in json.loads(self._set_book().eval(asked))]
        except self._typst.TypstError as error:
            raise self._failed(error) from error

    def compiled(self, plan: Plan | None = None) -> tuple[bytes, frozenset[str]]:
        """The PDF as Typst makes it, set by this plan, and the characters that no font has. With such characters it is
        a PDF of no standard: empty boxes stand for them, and the standards forbid those. Raises OutputError."""
        self._follow(plan or Plan())
        return self._ask(self._pdf)

    def _pdf(self) -> tuple[bytes, frozenset[str]]:
        when, compiler = _moment(self._book), self._set_book()
        try:
            standards = STANDARDS if self.standard else []
            return compiler.compile(format="pdf", pdf_standards=standards, timestamp=when), frozenset()
        except self._typst.TypstError as error:
            unset = frozenset(_named(f"{error.message}\n{error.diagnostic}"))
            if not unset:
                raise self._failed(error) from error
        try:
            return compiler.compile(format="pdf", timestamp=when), unset
        except self._typst.TypstError as error:
            raise self._failed(error) from error

    def _follow(self, plan: Plan) -> None:
        if plan == self._plan:
            return
        for number, block in self.numbering.paragraphs.items():
            block.pop("f", None)
            if number in plan.factors:
                block["f"] = plan.factors[number]
        for number, block in self.numbering.column.items():
            for name in ("early", "over"):
                block.pop(name, None)
            if number in plan.early:
                block["early"] = plan.early[number]
            if number in plan.signs:
                block["over"] = True
        for number, chapter in self.numbering.sinks.items():
            chapter["sunk"] = plan.sunk.get(number, 0)
        self._hold(plan)
        self._write("book.json", self._nodes)
        self._plan, self._known, self._compiler = plan, None, None

    def _set_book(self) -> Any:
        """A compiler that has set the book, or will where it is asked."""
        if self._compiler is None:
            self._compiler = self._at_work("book.typ")
        return self._compiler

    def _hold(self, plan: Plan) -> None:
        """Words are held together where this plan has pages end, and no longer where the last one had."""
        for block, runs in self._unheld:
            block.update(runs)
        self._unheld = []
        for number, ends in plan.ends.items():
            block, runs = self.numbering.lined[number], self._held(number, ends)
            self._unheld.append((block, {key: block[key] for key in runs}))
            block.update(runs)

    def _held(self, number: int, ends: Ends | None) -> Node:
        """What is changed in a paragraph so that pages can end in it, in scripts that have spaces."""
        return held(self.numbering.lined[number], ends) if ends and self.design["spaced"] else {}

    def _at_work(self, main: str) -> Any:
        """A compiler: it keeps the files that it has read, what it made of them all compilers keep."""
        typst_begins()
        fonts = fonts_of(self._faces, self._made, self._root / FONTS)
        return self._typst.Compiler(str(self._root / main), root=str(self._root), font_paths=fonts)

    def _write(self, name: str, values: Any) -> None:
        (self._root / name).write_text(json.dumps(values, ensure_ascii=False, separators=(",", ":")), "utf-8")

    def _failed(self, error: Any) -> OutputError:
        said = " ".join(str(error.message).split())[:SHOWN]
        return OutputError(f"Typst can't set this book: {said}", self._book.metadata.title, "try --engine weasyprint")


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter by itself, with those that run on below it: its characters, the names of places in it, those that its
    links lead to."""

    size: int
    names: frozenset[str]
    links: frozenset[str]


def _section(run: Sequence[Any]) -> Section:
    return Section(
        sum(len(text) for section in run for text in section.itertext()),
        frozenset(str(name) for section in run for name in section.xpath("descendant-or-self::*/@id")),
        frozenset(str(to)[1:] for section in run for to in section.xpath("descendant::a/@href") if to.startswith("#")),
    )


def _library() -> Any:
    require_engine("typst")
    import typst

    return typst


@cache
def _templates() -> dict[str, bytes]:
    folder = files(__package__) / "template"
    return {item.name: item.read_bytes() for item in folder.iterdir() if item.name.endswith(".typ")}


def _parts(design: Mapping[str, Any]) -> tuple[float, float]:
    """The sizes of a chapter's and the book's title, in sizes of the body."""
    return design["opener"]["title"]["size"], design["titlepage"]["title"]["size"]


def _meta(html: Any, book: Book) -> Node:
    head = html.find("head")
    said: dict[str, list[str]] = {}
    for meta in head.iter("meta"):
        said.setdefault(meta.get("name"), []).append(meta.get("content"))
    moment = _moment(book)
    return {
        "title": head.findtext("title") or "",
        "authors": said.get("author", []),
        "keywords": said.get("keywords", [""])[0].split(", ") if said.get("keywords") else [],
        "description": said.get("description", [""])[0],
        "date": {k: getattr(moment, k) for k in ("year", "month", "day", "hour", "minute", "second")},
    }


def _with(notes: Sequence[Any], last: Any) -> list[Any]:
    return [*notes, last]


def _moment(book: Book) -> datetime:
    try:
        moment = datetime.fromisoformat(book.metadata.modified)
    except ValueError:
        return EPOCH
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _named(message: str) -> Iterator[str]:
    for found in UNSET.finditer(message):
        yield from ESCAPED.sub(lambda m: chr(int(m[1], 16)), found[1])
