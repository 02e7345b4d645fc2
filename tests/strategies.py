"""Random stories for laws: `books()` draws any Book that the model allows, nested and odd as it may be."""

from __future__ import annotations

import io
from typing import get_args

from hypothesis import strategies as st

from converter.document.model import (
    Anchor,
    Aside,
    AsideKind,
    Block,
    Book,
    Cell,
    Chapter,
    ChapterKind,
    Definition,
    Emphasis,
    Figure,
    Foreign,
    Heading,
    Image,
    Inline,
    Line,
    LineBreak,
    Link,
    List,
    Metadata,
    Note,
    Paragraph,
    ParagraphRole,
    Person,
    PersonRole,
    Preformatted,
    Quote,
    QuoteKind,
    Resource,
    Ruby,
    SceneBreak,
    Speech,
    Strong,
    Style,
    Styled,
    Table,
    Text,
    Verse,
)  # fmt: skip

# All that XML 1.0 and the model allow in a run of text: no line ends, no control characters, no surrogates.
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff\ufffc\u2028\u2029\u0085")
PLAIN = st.sampled_from(list("aeiou rstnl .,;!?—“”’‘-é漢字אبД&<>\"' \u00a0\u200b\U0001f600"))
strings = st.text(PLAIN, min_size=1, max_size=30) | st.text(CHARACTERS, min_size=1, max_size=12)
names = st.text(PLAIN, max_size=20) | st.text(CHARACTERS, max_size=10)
RESOURCES = ("one.png", "two.jpg")


def picture(name: str) -> Resource:
    """A small real image; the ending of its name says which kind."""
    from PIL import Image as Picture

    kind = "PNG" if name.endswith("png") else "JPEG"
    out = io.BytesIO()
    Picture.new("RGB", (8, 8), (90, 20, 20)).save(out, kind)
    return Resource(name, f"image/{kind.lower()}", out.getvalue())


images = st.builds(Image, st.sampled_from((*RESOURCES, "missing.png")), names)
targets = st.sampled_from(
    (
        "https://example.org/", "http://example.org/a b?c=d&e=ü#f", "mailto:someone@example.org", "#chapter-1",
        "#part-1", "#chapter-77", "#at-1", "#at-00ff00aa", "#at-nowhere", "http://", "http://exa mple/", "https://[::1", "javascript:alert(1)", "",
        "https://example.org:99999/", "http://例え.jp/道", "https://example.org/%zz|^`{}", "https://1.2.3.4.5/",
    )
)  # fmt: skip
languages = st.sampled_from(("fr", "ja", "he", "ar-EG", "de", "en_US", "not a tag", ""))
flat: st.SearchStrategy[Inline] = (
    st.builds(Text, strings)
    | st.just(LineBreak())
    | images
    | st.builds(Ruby, strings, names)
)  # fmt: skip


def _spans(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    content = st.lists(inner, max_size=3).map(tuple)
    return (
        st.builds(Emphasis, content)
        | st.builds(Strong, content)
        | st.builds(Styled, st.sampled_from(get_args(Style)), content)
        | st.builds(Link, targets, content)
        | st.builds(Anchor, st.sampled_from(("at-1", "at-00ff00aa", "at-b", "no key")), content)
        | st.builds(Foreign, languages, content, st.sampled_from(("", "ltr", "rtl")))
    )


simple_inlines = st.lists(st.recursive(flat, _spans, max_leaves=5), max_size=4).map(tuple)
notes = st.builds(Note, st.lists(st.builds(Paragraph, simple_inlines), max_size=2).map(tuple))
inlines = st.lists(st.recursive(flat | notes, _spans, max_leaves=5), max_size=4).map(tuple)
lines = st.builds(Line, inlines, st.integers(-1, 6))
paragraphs = st.builds(
    Paragraph, inlines, st.sampled_from(get_args(ParagraphRole)), st.sampled_from(("", "center", "right"))
)
leaf_blocks: st.SearchStrategy[Block] = (
    paragraphs
    | st.builds(Heading, inlines, st.integers(0, 7))
    | st.builds(SceneBreak, st.sampled_from(("", "* * *")))
    | st.builds(Verse, st.lists(st.lists(lines, max_size=3).map(tuple), max_size=2).map(tuple))
    | st.builds(Figure, images, inlines)
    | st.builds(Preformatted, st.text(PLAIN | st.just("\n"), max_size=40))
)


def _blocks(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    blocks = st.lists(inner, max_size=3).map(tuple)
    cells = st.builds(Cell, blocks, st.booleans(), st.integers(1, 3), st.integers(1, 2))
    rows = st.lists(st.lists(cells, min_size=1, max_size=3).map(tuple), max_size=3).map(tuple)
    return (
        st.builds(Quote, blocks, st.sampled_from(get_args(QuoteKind)))
        | st.builds(Aside, blocks, st.sampled_from(get_args(AsideKind)), inlines)
        | st.builds(List, st.lists(blocks, max_size=3).map(tuple), st.booleans(), st.integers(-2, 9))
        | st.builds(
            Definition,
            st.lists(inlines, max_size=2).map(tuple),
            st.lists(blocks, max_size=2).map(tuple),
        )
        | st.builds(Table, rows, inlines)
        | st.builds(Speech, inlines, blocks)
    )


blocks = st.lists(st.recursive(leaf_blocks, _blocks, max_leaves=6), max_size=5).map(tuple)
kinds = st.sampled_from(get_args(ChapterKind))


def chapters(depth: int = 2) -> st.SearchStrategy[Chapter]:
    """A chapter of any kind, with chapters inside it down to `depth` levels."""
    children = st.lists(chapters(depth - 1), max_size=2).map(tuple) if depth else st.just(())
    return st.builds(Chapter, blocks, inlines, inlines, kinds, st.none(), children)


people = st.builds(Person, strings, st.sampled_from(get_args(PersonRole)), names)
several = st.lists(names, max_size=3).map(tuple)
metadata = st.builds(
    Metadata,
    title=names,
    subtitle=names,
    people=st.lists(people, max_size=3).map(tuple),
    language=st.sampled_from(("", "en", "en-GB", "de", "ar", "he-IL", "ja", "ru", "zh-Hant", "nonsense!")),
    series=names,
    series_index=st.sampled_from(("", "1", "2.5", "two")),
    description=names,
    fandoms=several,
    tags=several,
    rating=names,
    published=st.sampled_from(("", "2026", "2026-01", "2026-01-31", "2026-01-31 10:00", "last May", "2026-13-45")),
    publisher=names,
    rights=names,
    source=st.sampled_from(("", "https://example.org/w/1", "a shoebox")),
    extra=st.lists(st.tuples(names, names), max_size=2).map(tuple),
    modified=st.sampled_from(("", "2026-02-03T04:05:06Z")),
)


def books() -> st.SearchStrategy[Book]:
    """Any book with at least one chapter that has a paragraph of plain words to read."""
    sure = st.builds(lambda text: Chapter((Paragraph((Text(f"word {text}"),)),)), strings)
    return st.builds(
        Book,
        metadata,
        st.tuples(st.lists(chapters(), max_size=3), sure, st.lists(chapters(), max_size=1)).map(
            lambda parts: (*parts[0], parts[1], *parts[2])
        ),
        st.just(tuple(picture(n) for n in RESOURCES)),
        st.none() | st.just(picture("cover.jpg")),
    )
