"""A story as text for golden files: one line a unit, marks spelled out, then everything that is told about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from converter.document.contracts import Evidence, Insertion, Omission, Parsed, Reading
from converter.document.findings.union import Finding
from converter.document.model import (
    Anchor,
    Aside,
    Block,
    Blocks,
    Book,
    Definition,
    Emphasis,
    Figure,
    Foreign,
    Heading,
    Image,
    Inlines,
    LineBreak,
    Link,
    List,
    Metadata,
    Note,
    Origin,
    Paragraph,
    Preformatted,
    Quote,
    Ruby,
    SceneBreak,
    Speech,
    Strong,
    Styled,
    Table,
    Text,
    Verse,
)


def outline(understood: Parsed | Reading) -> str:
    """The whole story: metadata, chapters, pictures; then what was left out and put in, said and decided."""
    lines = [*of_book(understood.book)]
    for omission in understood.omissions:
        lines.extend(_omission(omission))
    lines.extend(map(_insertion, understood.insertions))
    lines.extend(map(_message, understood.findings))
    lines.extend(map(_decision, understood.evidence))
    return "\n".join(lines) + "\n"


def of_book(book: Book) -> Iterator[str]:
    """What a reader of the book has: metadata, chapters, pictures, the cover."""
    yield from _metadata(book.metadata)
    yield ""
    yield from of_chapters(book)
    yield from (f"resource {r.name} {r.media_type}" for r in book.resources)
    if book.cover:
        yield f"cover {book.cover.name} {book.cover.media_type}"


def of_chapters(book: Book) -> Iterator[str]:
    """Each chapter's head and what stands in it."""
    for depth, chapter in book.walk():
        head = " / ".join(filter(None, (inline(chapter.label), inline(chapter.title))))
        number = f" {chapter.number}" if chapter.number is not None else ""
        yield f"{'#' * (depth + 1)} [{chapter.kind}{number}] {head}".rstrip()
        yield from blocks(chapter.blocks, "")
        yield ""


def _omission(omission: Omission) -> Iterator[str]:
    """The rule and the place, and below them every line of what was left out; an empty line says nothing."""
    yield f"left out{_at(omission.origin)}: {omission.rule}"
    yield from (f"  | {line.strip()}" for line in omission.text.splitlines() if line.strip())


def _insertion(insertion: Insertion) -> str:
    return f"put in: {insertion.reason}: {insertion.text}"


def _message(message: Finding) -> str:
    return f"{message.severity}{_at(message.origin)}: {message.code}: {message.message}"


def _decision(decision: Evidence) -> str:
    found = "; ".join(decision.found.splitlines())
    return f"decided{_at(decision.origin)}: {decision.topic}: {found}, {decision.confidence:.2f}: {decision.why}"


def _at(origin: Origin | None) -> str:
    return f" at {origin}" if origin else ""


def _metadata(metadata: Metadata) -> Iterator[str]:
    for field in fields(Metadata):
        value = getattr(metadata, field.name)
        if not value or field.name == "provenance":
            continue
        if field.name == "people":
            value = ", ".join(f"{p.name} ({p.role})" for p in value)
        yield f"{field.name}: {'; '.join(map(str, value)) if isinstance(value, tuple) else value}"


def blocks(content: Blocks, indent: str) -> Iterator[str]:
    """One line for each block, nested ones indented."""
    for block in content:
        yield from _block(block, indent)


def _block(block: Block, indent: str) -> Iterator[str]:
    match block:
        case Paragraph(content, role, align):
            marks = "".join(f"({m}) " for m in (role, align) if m)
            yield f"{indent}p {marks}{inline(content)}"
        case Heading(content, level):
            yield f"{indent}h{level} {inline(content)}"
        case SceneBreak(mark):
            yield f"{indent}break {mark}".rstrip()
        case Quote(inner, kind):
            yield f"{indent}{kind}:"
            yield from blocks(inner, indent + "  ")
        case Aside(inner, kind, title):
            yield f"{indent}{kind}: {inline(title)}".rstrip()
            yield from blocks(inner, indent + "  ")
        case Verse(stanzas):
            for stanza in stanzas:
                yield f"{indent}stanza:"
                yield from (f"{indent}  {'> ' * line.indent}{inline(line.content)}" for line in stanza)
        case List(items, ordered, start):
            for number, item in enumerate(items, start):
                yield f"{indent}{number if ordered else '-'}"
                yield from blocks(item, indent + "  ")
        case Definition(terms, meanings):
            yield f"{indent}{'; '.join(map(inline, terms))} means"
            for meaning in meanings:
                yield f"{indent}  -"
                yield from blocks(meaning, indent + "    ")
        case Table(rows, caption):
            yield f"{indent}table {inline(caption)}".rstrip()
            for row in rows:
                cells = ["; ".join(line.removeprefix("p ") for line in blocks(c.blocks, "")) for c in row]
                yield f"{indent}  " + " | ".join(cells)
        case Figure(image, caption):
            yield f"{indent}figure {image.resource} “{image.alt}” {inline(caption)}".rstrip()
        case Preformatted(text):
            yield f"{indent}pre"
            marked = inline(block.content) if block.content else text
            yield from (f"{indent}  |{line}" for line in marked.split("\n"))
        case Speech(speaker, inner):
            yield f"{indent}{inline(speaker)}:"
            yield from blocks(inner, indent + "  ")


def inline(content: Inlines) -> str:
    """A run of inlines with its marks in brackets."""
    out = []
    for one in content:
        match one:
            case Text(text):
                out.append(text.replace("\u00a0", "~"))
            case Emphasis(inner):
                out.append(f"_{inline(inner)}_")
            case Strong(inner):
                out.append(f"**{inline(inner)}**")
            case Styled(style, inner):
                out.append(f"[{style} {inline(inner)}]")
            case Link(target, inner):
                out.append(f"[{inline(inner)}]({target})")
            case Anchor(key, inner):
                out.append(f"[#{key} {inline(inner)}]")
            case Foreign(language, inner):
                out.append(f"[{language} {inline(inner)}]")
            case Ruby(base, reading):
                out.append(f"{base}({reading})")
            case LineBreak():
                out.append(" / ")
            case Image(resource, alt):
                out.append(f"<{resource} “{alt}”>")
            case Note(inner, mark):
                out.append(f"[^{mark} {' '.join(line.strip() for line in blocks(inner, ''))}]")
    return "".join(out)
