"""The allowlist walk: elements of the story -> items (blocks, gaps, headings). What has no place in the model
is not carried over.

Elements that only wrap are walked with a stack of our own, so nesting costs nothing; only what nests in the model
(quotes, lists, tables, boxes) is walked by recursion, to `NEST_LIMIT`, and unwrapped below that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin

from bs4.element import NavigableString, Tag

from converter.model import (
    Align,
    Aside,
    Block,
    Image,
    Inlines,
    Line,
    List,
    Note,
    Paragraph,
    Preformatted,
    Quote,
    Ruby,
    SceneBreak,
    Verse,
)
from converter.parsers.html.breaks import Habit
from converter.parsers.html.images import Images
from converter.parsers.html.inlines import (
    BREAK,
    INDENT,
    NO_MARK,
    SPACE,
    Mark,
    Run,
    flat,
    is_blank,
    nest,
    split_lines,
    tidy,
)
from converter.parsers.html.items import Head, Item
from converter.parsers.html.look import PLAIN, Look
from converter.parsers.html.page import BLOCKS, NOT_TEXT, UNSEEN, Page, attribute, children, element_text, one_line
from converter.parsers.html.paragraphs import is_break_text, is_verse_text, paragraphs, verse_line
from converter.parsers.html.shapes import settle

MOST = 0.6  # of a story's letters
NEST_LIMIT = 12  # quotes in lists in boxes; a deeper nest is an accident of the markup
NOTE_CLASS = re.compile(
    r"author'?s?[-_ ]?notes?|(?:^|[-_\s])(?:a-?n|an-?note|t-?n)(?:$|[-_\s])|translators?[-_ ]?notes?|"
    r"wi_authornotes|(?:start|end|chapter)[-_]?notes?",
    re.I,
)
SPOILER_CLASS = re.compile(r"(?:^|[-_\s])(?:bbcode-?)?spoiler(?:$|s?[-_\s])|bbCodeSpoiler|sp-wrap", re.I)
SPOILER_HEAD = re.compile(r"button|spoiler[-_]?(?:title|head|button)|sp-head|summary", re.I)
SPOILER_PART = re.compile(r"button|title|head|inner|content|body", re.I)
SPOILER_HEAD_WORDS = 15
VERSE_CLASS = re.compile(r"(?:^|[-_:\s])(?:poem|poetry|verse|stanza|linegroup|lyrics)(?:$|[-_\s])", re.I)
FRAMED = re.compile(
    r"(?:^|[;\s])border\s*:(?!\s*(?:0|none|inherit|initial|unset|hidden)\b)", re.I
)  # drawn by the author
VERSE_WIDTH = 130  # characters; a longer "line" is a paragraph, whatever its element is called
STANZA_GAP = 3  # line ends in a row: a line's own, and those of the blocks around it
BOX_WORDS = 400  # a framed part with more words is how the page looks, not a box in the story
WRAPPED_PRE_WORDS = 200  # a `<pre>` with more words is checked for being prose
ITALIC = frozenset("em i cite dfn var".split())
BOLD = frozenset("b strong".split())
STRIKE = frozenset("s strike del".split())
UNDERLINE = frozenset("u ins".split())
CODE = frozenset("code tt kbd samp".split())
HEADINGS = {f"h{n}": n for n in range(1, 7)}
ALLOWED = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+$", re.I)


@dataclass(frozen=True, slots=True)
class State:
    """What an element hands down to what it holds."""

    mark: Mark = NO_MARK
    align: Align = ""
    pre: bool = False


@dataclass(frozen=True, slots=True)
class Close:
    """The end of a block element on the walk's stack; `text` is written there (the closing mark of `<q>`)."""

    block: bool = True
    text: str = ""


class Walk:
    """One walk over one page. `notes` maps id(anchor) to the elements of the note it cites."""

    def __init__(
        self,
        page: Page,
        looks: Mapping[int, Look],
        images: Images,
        habit: Habit,
        notes: Mapping[int, tuple[str, Sequence[Tag]]] | None = None,
        language: str = "",
    ) -> None:
        self.page, self.looks, self.images, self.habit = page, looks, images, habit
        self.notes = dict(notes or {})
        self.language = language
        self.note_roots: list[Tag] = []
        self.forced: set[int] = set()  # ids of dropped elements that are being walked all the same
        self.asides: dict[int, str] = {}  # id(element) -> kind, for notes inside a chapter's text that a table names

    # ------------------------------------------------------------------------------------------- blocks

    def items(self, roots: Iterable[Tag | NavigableString], state: State = State(), depth: int = 0) -> list[Item]:
        """The items of these nodes, in order."""
        out: list[Item] = []
        runs: list[Run] = []
        align: Align = state.align
        at: Tag | NavigableString | None = None
        stack: list[tuple[Tag | NavigableString | Close, State]] = [(r, state) for r in reversed(list(roots))]

        def flush() -> None:
            nonlocal at
            if runs:
                out.extend(paragraphs(runs, align, self.page.origin(at), self.habit))
                runs.clear()
            at = None

        while stack:
            node, held = stack.pop()
            if isinstance(node, Close):
                if node.text:
                    runs.append(Run(node.text, held.mark))
                if node.block:
                    flush()
                continue
            if isinstance(node, NavigableString):
                if not isinstance(node, NOT_TEXT) and str(node):
                    if at is None and not str(node).isspace():
                        at, align = node, held.align
                    runs.extend(text_runs(str(node), held))
                continue
            name = node.name
            if (id(node) in self.page.dropped and id(node) not in self.forced) or (name in UNSEEN and name != "img"):
                if name in BLOCKS:
                    flush()
                continue
            if name == "br":
                if at is None:
                    at, align = node, held.align
                runs.append(Run(BREAK))
                continue
            look = self.looks.get(id(node), PLAIN)
            if name == "img":
                self._image(node, held, runs)
                if runs and at is None:
                    at, align = node, held.align
                continue
            special = depth < NEST_LIMIT and self._special(node, look, held, depth)
            if special is not False and special is not True:
                flush()
                out.extend(special)
                continue
            inner = self.inherit(node, look, held)
            block = name in BLOCKS if look.block is None else (look.block or name in BLOCKS)
            if name == "a" and id(node) in self.notes:
                if at is None:
                    at, align = node, held.align
                runs.append(Run("", NO_MARK, self._note(node, depth)))
                continue
            if name == "ruby" and not _holds_blocks(node):
                runs.extend(ruby_runs(node, held))
                continue
            if block:
                flush()
                stack.append((Close(), held))
                if look.align or attribute(node, "align") or name == "center":
                    align = inner.align
            elif name == "q":
                runs.append(Run("“", inner.mark))
                stack.append((Close(False, "”"), inner))
            stack.extend((c, inner) for c in reversed(children(node)))
        flush()
        return out

    def blocks(
        self, roots: Iterable[Tag | NavigableString], state: State = State(), depth: int = 0
    ) -> tuple[Block, ...]:
        """The finished blocks of a part that has no chapters in it: gaps settled, headings as `Heading`."""
        return settle(self.items(roots, state, depth), inner=True)

    def inherit(self, element: Tag, look: Look, held: State) -> State:
        """The state below this element: its tag's meaning, then its CSS's, then its attributes'."""
        mark, name = held.mark, element.name
        changes: dict[str, Any] = {}
        if name in ITALIC:
            changes["italic"] = True
        elif name in BOLD:
            changes["bold"] = True
        elif name in STRIKE:
            changes["strike"] = True
        elif name in UNDERLINE:
            changes["underline"] = True
        elif name in CODE:
            changes["code"] = True
        elif name == "sup":
            changes["raised"] = True
        elif name == "sub":
            changes["lowered"] = True
        elif name == "dt":
            changes["bold"] = True
        elif name == "a":
            target = self.target(element)
            if target:
                changes["link"] = target
        if look is not PLAIN:
            self._apply(look, name, changes)
        language = attribute(element, "lang") or attribute(element, "xml:lang")
        if language and self.language and language.split("-")[0].lower() != self.language.split("-")[0].lower():
            changes["language"] = language
            changes["direction"] = "rtl" if attribute(element, "dir").lower() == "rtl" else ""
        align: Align = held.align
        wanted = look.align or attribute(element, "align").lower()
        if name == "center":
            wanted = wanted or "center"
        if wanted and name in BLOCKS:
            align = "center" if wanted == "center" and self.habit.center else "right" if wanted == "right" else ""
        pre = held.pre if look.pre is None else look.pre
        if changes:
            mark = replace(mark, **changes)
        if mark is held.mark and align == held.align and pre == held.pre:
            return held
        return State(mark, align, pre)

    def _apply(self, look: Look, name: str, changes: dict[str, Any]) -> None:
        if look.italic is not None and (self.habit.italic or not look.italic):
            changes["italic"] = look.italic
        if look.bold is not None and (self.habit.bold or not look.bold):
            changes["bold"] = look.bold
        if look.small_caps is not None:
            changes["small_caps"] = look.small_caps
        if look.underline and name != "a":
            changes["underline"] = True
        if look.strike:
            changes["strike"] = True
        if look.level in ("super", "sub"):
            changes["raised"], changes["lowered"] = look.level == "super", look.level == "sub"
        elif look.level == "base" and name in ("sup", "sub"):
            changes["raised"] = changes["lowered"] = False

    def target(self, element: Tag) -> str:
        """Where a link may lead: http, https or mailto; Google's detour is undone; anything else is no link."""
        target = attribute(element, "href").strip()
        if not target or target.startswith("#"):
            return ""
        if "://" not in target[:10] and not target.lower().startswith(
            ("mailto:", "javascript:", "data:", "file:", "vbscript:")
        ):
            if not self.page.address:
                return ""
            try:
                target = urljoin(self.page.address, target)
            except ValueError:
                return ""
        if "google.com/url?" in target and (found := re.search(r"[?&](?:q|url)=(https?[^&]+)", target)):
            from urllib.parse import unquote

            target = unquote(found[1])
        return target if ALLOWED.match(target) else ""

    # ---------------------------------------------------------------------------------- elements with a meaning

    def _special(self, node: Tag, look: Look, held: State, depth: int) -> Sequence[Item] | bool:
        """The items of an element that is more than a wrapper, or False."""
        match node.name:
            case "hr":
                return (SceneBreak("", self.page.origin(node)),)
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                return self._heading(node)
            case "hgroup" if (first := node.find(list(HEADINGS))) is not None:
                return self._heading(node, first.name)  # a heading and what belongs to it, line by line
            case "blockquote" if VERSE_CLASS.search(attribute(node, "epub:type")) and (
                verse := self._verse(node, held)
            ):
                return verse
            case "blockquote" if self.is_most(node):
                return False  # set in from the margin as a whole
            case "blockquote":
                inner = self.blocks(children(node), replace(held, mark=self.inherit(node, look, held).mark), depth + 1)
                return (Quote(inner, origin=self.page.origin(node)),) if inner else ()
            case "ul" | "ol" | "menu" | "dir":
                return self._list(node, held, depth)
            case "table":
                from converter.parsers.html.tables import table_items

                return table_items(self, node, held, depth)
            case "figure":
                return self._figure(node, held, depth)
            case "pre" | "xmp" | "listing" | "plaintext":
                return self._pre(node)
            case "details":
                return self._spoiler(node, held, depth)
            case "aside":
                return self._aside(node, "box", held, depth)
            case _:
                pass
        if id(node) in self.asides:
            return self._aside(node, self.asides[id(node)], held, depth)
        if (
            node.name in ("div", "section")
            and FRAMED.search(attribute(node, "style"))
            and len(element_text(node, self.page.dropped).split()) <= BOX_WORDS
            and not self.is_most(node)
        ):
            return self._aside(node, "box", held, depth)
        if node.name in ("div", "section", "p", "span", "fieldset") and ("class" in node.attrs or "id" in node.attrs):
            names = f"{attribute(node, 'class')} {attribute(node, 'id')}"
            if SPOILER_CLASS.search(names) and node.name != "p" and not SPOILER_PART.search(names):
                return self._spoiler(node, held, depth)
            if VERSE_CLASS.search(names) and node.name in ("div", "section") and (verse := self._verse(node, held)):
                return verse
            if NOTE_CLASS.search(names) and node.name != "span" and len(element_text(node).split()) > 3:
                return self._aside(node, "note", held, depth)
        return False

    def is_most(self, node: Tag) -> bool:
        """Whether an element holds most of the story: then it is a frame around it."""
        if not self.habit.letters:
            return False
        return len(" ".join(element_text(node, self.page.dropped).split())) > MOST * self.habit.letters

    def _heading(self, node: Tag, name: str = "") -> Sequence[Item]:
        lines = [tidy(line) for line in split_lines(self.runs(node))]
        plain = [
            [replace(r, mark=replace(r.mark, bold=False, link="", underline=False)) for r in line] for line in lines
        ]
        if all(r.mark.italic for line in plain for r in line):
            plain = [[replace(r, mark=replace(r.mark, italic=False)) for r in line] for line in plain]
        content = tuple(nest(line) for line in plain if not is_blank(line))
        if not content:
            return ()
        if all(isinstance(i, Image) for line in content for i in line):
            return self.items(children(node))
        return (Head(content, HEADINGS[name or node.name], self.page.origin(node)),)

    def runs(self, node: Tag, state: State = State()) -> list[Run]:
        """All text under an element as runs; blocks and `<br>` become line breaks."""
        runs: list[Run] = []
        stack: list[tuple[Tag | NavigableString | None, State]] = [(c, state) for c in reversed(children(node))]
        while stack:
            child, held = stack.pop()
            if child is None:
                runs.append(Run(BREAK))
            elif isinstance(child, NavigableString):
                if not isinstance(child, NOT_TEXT):
                    runs.extend(text_runs(str(child), replace(held, pre=False)))
            elif child.name == "br":
                runs.append(Run(BREAK))
            elif child.name == "img":
                self._image(child, held, runs)
            elif child.name == "ruby" and not _holds_blocks(child):
                runs.extend(ruby_runs(child, held))
            elif child.name == "a" and id(child) in self.notes:
                runs.append(Run("", NO_MARK, self._note(child, NEST_LIMIT)))
            elif id(child) in self.page.dropped or child.name in UNSEEN:
                if child.name in BLOCKS:
                    runs.append(Run(BREAK))
            else:
                inner = self.inherit(child, self.looks.get(id(child), PLAIN), held)
                if child.name in BLOCKS:
                    runs.append(Run(BREAK))
                    stack.append((None, held))
                stack.extend((c, inner) for c in reversed(children(child)))
        return runs

    def inline(self, node: Tag) -> Inlines:
        """All text under an element as one run of inlines, lines joined by spaces."""
        runs = [Run(" ") if r.object is None and r.text == BREAK else r for r in self.runs(node)]
        return nest(tidy(runs))

    def _list(self, node: Tag, held: State, depth: int) -> Sequence[Item]:
        groups: list[list[Tag | NavigableString]] = []
        loose = True
        for child in children(node):
            if isinstance(child, Tag):
                if child.name == "li" or (child.name in ("ul", "ol") and not groups):
                    groups.append([child])
                    loose = False
                    continue
                if child.name in ("ul", "ol"):  # a list between items belongs to the item before it
                    groups[-1].append(child)
                    continue
            elif isinstance(child, NOT_TEXT) or not str(child).strip():
                continue
            if loose:
                groups.append([])
            groups[-1].append(child)
            loose = False
        items = tuple(b for g in groups if (b := self.blocks(g, held, depth + 1)))
        if not items:
            return ()
        first = attribute(node, "start").strip()
        start = int(first) if re.fullmatch(r"\d{1,6}", first) else 1
        return (List(items, node.name == "ol", start, self.page.origin(node)),)

    def _figure(self, node: Tag, held: State, depth: int) -> Sequence[Item]:
        caption = node.find("figcaption")
        pictures = [i for i in node.find_all("img") if isinstance(i, Tag)]
        if not isinstance(caption, Tag) or len(pictures) != 1:
            return self.items(children(node), held, depth + 1)
        from converter.model import Figure

        found: list[Run] = []
        self._image(pictures[0], held, found)
        words = self.inline(caption)
        rest = self.items([c for c in children(node) if c is not caption], held, depth + 1)
        if len(rest) == 1 and isinstance(rest[0], Figure):
            return (replace(rest[0], caption=words),)
        return [*rest, *self.items(children(caption), replace(held, align="center"), depth + 1)]

    def _pre(self, node: Tag) -> Sequence[Item] | bool:
        if node.find(["p", "div", "table", "h1", "h2", "h3"]) is not None:
            return False
        text = element_text(node, self.page.dropped).expandtabs(4).replace("\u00a0", " ")
        lines = [line.rstrip() for line in text.split("\n")]
        while lines and not lines[0]:
            lines.pop(0)
        while lines and not lines[-1]:
            lines.pop()
        if not lines:
            return ()
        first = " ".join(lines[0].split())
        if is_break_text(first) and not any(c.isalnum() for line in lines for c in line):
            return (SceneBreak(first, self.page.origin(node)),)
        words = sum(len(line.split()) for line in lines)
        if words > WRAPPED_PRE_WORDS and words > 6 * len(
            lines
        ):  # prose, not a drawing: its lines are wrapped or paragraphs
            habit = replace(self.habit, line_use="wrapped" if max(map(len, lines)) <= 100 else "paragraphs", blank=1)
            return paragraphs(self.runs_of_pre(node), "", self.page.origin(node), habit)
        if is_verse_text(lines) and node.find("code") is None:
            return paragraphs(
                self.runs_of_pre(node), "", self.page.origin(node), replace(self.habit, line_use="keep", blank=1)
            )
        return (Preformatted("\n".join(lines), self.page.origin(node)),)

    def runs_of_pre(self, node: Tag) -> list[Run]:
        """The runs of an element whose line ends count."""
        runs: list[Run] = []
        stack: list[tuple[Tag | NavigableString, State]] = [(c, State(pre=True)) for c in reversed(children(node))]
        while stack:
            child, held = stack.pop()
            if isinstance(child, NavigableString):
                if not isinstance(child, NOT_TEXT):
                    runs.extend(text_runs(str(child), held))
            elif child.name == "br":
                runs.append(Run(BREAK))
            elif id(child) not in self.page.dropped and child.name not in UNSEEN:
                inner = self.inherit(child, self.looks.get(id(child), PLAIN), held)
                stack.extend((c, replace(inner, pre=True)) for c in reversed(children(child)))
        return runs

    def _spoiler(self, node: Tag, held: State, depth: int) -> Sequence[Item]:
        head: Tag | None = None
        for child in node.find_all(True, limit=12):
            names = f"{child.name} {attribute(child, 'class')}"
            if SPOILER_HEAD.search(names) and len(element_text(child).split()) <= SPOILER_HEAD_WORDS:
                head = child
                break
        if head is None:
            first = [c for c in children(node) if isinstance(c, Tag) and element_text(c).strip()]
            if len(first) > 1 and len(element_text(first[0]).split()) <= SPOILER_HEAD_WORDS:
                head = first[0]
        title: Inlines = ()
        if head is not None:
            title = self.inline(head)
            self.page.dropped[id(head)] = ""  # its words are the title
        inner = self.blocks(children(node), held, depth + 1)
        if not inner:
            return (Paragraph(title, "", "", self.page.origin(node)),) if title else ()
        if len(inner) == 1 and isinstance(inner[0], Aside) and inner[0].kind == "spoiler" and not inner[0].title:
            inner = inner[0].blocks  # two elements around one spoiler
        return (Aside(inner, "spoiler", title, self.page.origin(node)),)

    def _verse(self, node: Tag, held: State) -> Sequence[Item]:
        """An element that calls itself a poem: its blocks and `<br>` are lines, blank lines part stanzas."""
        if node.find(["table", "ul", "ol", "h1", "h2", "h3", "img"]) is not None:
            return ()
        stanzas: list[list[Line]] = [[]]
        origin = self.page.origin(node)
        inner = [
            c
            for c in children(node)
            if isinstance(c, Tag) and VERSE_CLASS.search(attribute(c, "class")) and c.name == "div"
        ]
        parts = inner if len(inner) > 1 and all("stanza" in attribute(c, "class") for c in inner) else [node]
        for part in parts:
            blank = 0
            for line in split_lines(self.runs(part, State(held.mark))):
                if is_blank(line):
                    blank += 1
                    continue
                if len(flat(line)) > VERSE_WIDTH:
                    return ()
                if blank >= STANZA_GAP and stanzas[-1]:
                    stanzas.append([])
                blank = 0
                stanzas[-1].append(verse_line(line, origin))
            if stanzas[-1]:
                stanzas.append([])
        made = tuple(tuple(s) for s in stanzas if s)
        return (Verse(made, origin),) if sum(map(len, made)) > 1 else ()

    def _aside(self, node: Tag, kind: str, held: State, depth: int) -> Sequence[Item]:
        inner = self.blocks(children(node), held, depth + 1)
        if not inner:
            return ()
        return (Aside(inner, "note" if kind == "note" else "box", (), self.page.origin(node)),)

    def _note(self, anchor: Tag, depth: int) -> Note:
        mark, roots = self.notes[id(anchor)]
        self.note_roots.extend(roots)
        del self.notes[id(anchor)]  # a note that cites itself ends here
        content = [c for r in roots for c in (children(r) if r.name in ("li", "dd", "td", "aside", "div") else [r])]
        self.forced.update(map(id, roots))
        blocks = self.blocks(content, State(), min(depth + 1, NEST_LIMIT))
        self.forced.difference_update(map(id, roots))
        return Note(blocks, mark)

    def uncited(self) -> list[Item]:
        """The notes whose marks the walk never met (they stood in a drawing, a control): as text, so that none is
        lost."""
        out: list[Item] = []
        while self.notes:
            anchor = next(iter(self.notes))
            _, roots = self.notes.pop(anchor)
            self.note_roots.extend(roots)
            self.forced.update(map(id, roots))
            out.extend(self.items(roots))
        return out

    def _image(self, node: Tag, held: State, runs: list[Run]) -> None:
        found = self.images.find(node, self.page)
        if isinstance(found, str):
            if found:
                runs.append(Run(found, held.mark))
        else:
            runs.append(Run("", NO_MARK, found))


def text_runs(text: str, state: State) -> list[Run]:
    """A text node as runs: white space collapsed, or its line ends as breaks where they count."""
    if not state.pre:
        return [Run(SPACE.sub(" ", text), state.mark)]
    runs: list[Run] = []
    for i, line in enumerate(text.expandtabs(4).split("\n")):
        if i:
            runs.append(Run(BREAK))
        if line:
            runs.append(Run(line, state.mark))
    return runs


def _holds_blocks(node: Tag) -> bool:
    return any(isinstance(t, Tag) and t.name in BLOCKS for t in node.descendants)


def ruby_runs(node: Tag, state: State) -> list[Run]:
    """`<ruby>` as base and reading pairs."""
    runs: list[Run] = []
    base: list[str] = []
    stack: list[Tag | NavigableString] = list(reversed(children(node)))
    while stack:
        child = stack.pop()
        if isinstance(child, NavigableString):
            if not isinstance(child, NOT_TEXT):
                base.append(str(child))
        elif child.name == "rt":
            reading = one_line(child)
            word = "".join(base).strip()
            base = []
            if word and reading:
                runs.append(Run("", state.mark, Ruby(word, reading)))
            elif word or reading:
                runs.append(Run(word or reading, state.mark))
        elif child.name != "rp" and child.name not in UNSEEN:
            stack.extend(reversed(children(child)))
    rest = "".join(base).strip(INDENT)
    if rest.strip():
        runs.append(Run(rest, state.mark))
    return runs
