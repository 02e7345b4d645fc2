"""A book with every kind of block and inline, invented for the tests of themes and the PDF."""

from __future__ import annotations

import io

from converter.document.model import (
    Anchor,
    Aside,
    Block,
    Book,
    Cell,
    Chapter,
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
    Person,
    Preformatted,
    Quote,
    Resource,
    Ruby,
    SceneBreak,
    Speech,
    Strong,
    Styled,
    Table,
    Text,
    Verse,
)  # fmt: skip

SENTENCES = (
    "The harbour lay quiet under a rind of frost, and the boats knocked together like old men clearing their throats.",
    "Nobody had thought to light the lamp at the end of the mole.",
    "Marten Oake counted the steps down to the water, as he had every morning since the tide took the bell.",
    "“You will be wanting the long rope,” said Ilse, who had come up behind him without a sound.",
    "He did not turn round.",
    "There was a smell of tar and of bread, and somewhere a dog was barking, steadily, as if it were paid by the hour.",
    "“The long rope,” he agreed, “and the short ladder, and somebody with better sense than either of us.”",
    "Out past the bar the water had the flat, hammered look of tin, and the gulls went over it, complaining.",
    "What the tide had left on the slip was not a seal, although for a breath they both allowed it to be one.",
    "It wore boots.",
    "In the parish book there is an entry for that winter in a clerk’s cramped and disapproving hand.",
    "It says only that the bell was returned, and that the price of lamp oil rose by a farthing before Candlemas.",
)


def text(*words: str) -> tuple[Inline, ...]:
    return tuple(Text(w) for w in words)


def said(words: str, role: str = "", align: str = "") -> Paragraph:
    return Paragraph(text(words), role, align)  # type: ignore[arg-type]


def note(words: str) -> Note:
    return Note((said(words),))


def prose(count: int, start: int = 0) -> tuple[Block, ...]:
    """Paragraphs of one to five sentences, the same every time."""
    out = []
    for i in range(count):
        length, first = 1 + (start * 7 + i * 3) % 5, start * 5 + i * 4
        out.append(said(" ".join(SENTENCES[(first + k) % len(SENTENCES)] for k in range(length))))
    return tuple(out)


def picture(media_type: str, size: tuple[int, int], colour: tuple[int, int, int], name: str) -> Resource:
    from PIL import Image as Picture

    out = io.BytesIO()
    Picture.new("RGB", size, colour).save(out, "PNG" if media_type == "image/png" else "JPEG")
    return Resource(name, media_type, out.getvalue())


METADATA = Metadata(
    title="The Bell at Orrel Mole",
    subtitle="A Winter’s Account",
    people=(Person("Hester Quillfeather"), Person("Odo Marsh", "ill")),
    language="en",
    series="The Orrel Tides",
    series_index="2",
    description="A bell goes missing from a harbour, and comes back.\nSo does somebody’s footwear.",
    genres=("Fantasy",),
    tags=("harbours", "bells"),
    source="https://example.org/orrel",
    publisher="Tidewrack Press",
    rights="© 2025 Hester Quillfeather",
    identifier="urn:uuid:6f1b3c1e-1111-5222-8333-444455556666",
    modified="2026-01-31T00:00:00Z",
)

INLINES = Paragraph(
    (
        Text("She read the label: "), Emphasis(text("not to be opened, not even by you")), Text(", and under it, in "),
        Strong(text("heavy capitals")), Text(", the word "), Styled("small-caps", text("Nevermore")),
        Text("; the old price "), Styled("strike", text("two shillings")), Text(" and a new one, "),
        Styled("underline", text("nine pence")), Text(". H"), Styled("sub", text("2")), Text("O, E = mc"),
        Styled("super", text("2")), Text(", and "), Foreign("de", text("Vorsicht, zerbrechlich")), Text(". See "),
        Link("https://example.org/notice", (Text("the "), Emphasis(text("notice")))), Text(" and "),
        Link("#at-note", (Emphasis(text("below")),)), Text(" "), Styled("code", text("ls -la")), Text("."),
        note("The notice was taken down in the autumn; it had never been put up."), LineBreak(),
        Anchor("at-note", text("λόγος, слово, ")), Foreign("he", text("דבר"), "rtl"), Text(", "), Foreign("ar", text("كلمة"), "rtl"),
        Text(", "), Ruby("漢字", "かんじ"), Text("."),
    )
)  # fmt: skip

TABLE = Table(
    (
        tuple(Cell((said(w),), header=True) for w in ("Tide", "Height", "Remarks")),
        tuple(Cell((said(w),)) for w in ("Spring", "5.2 m", "took the bell")),
        tuple(Cell((said(w),)) for w in ("Neap", "2.9 m", "brought it back")),
    ),
    text("Tides of that winter"),
)

FIRST = Chapter(
    (
        Quote(
            (Verse(((Line(text("The bell that calls the boats to port")),),)), said("— rhyme", "signature")), "epigraph"
        ),
        Paragraph(
            (
                Text(
                    "“There was a time when the whole of the sea wall could be walked in a single pipe of tobacco, and "
                ),
                Text("Marten Oake, who had walked it with his father, knew every stone of it by its first name."),
                note("A stone is “on terms” with a man once he has fallen over it three times."),
                Text(" This was held against him."),
            )
        ),
        *prose(4, 1),
        SceneBreak("* * *"),
        INLINES,
        Heading(text("What the clerk wrote")),
        *prose(2, 2),
        Heading(text("A smaller matter"), 2),
        *prose(1, 3),
        Quote(
            (
                said("Orrel, the ninth of March", "dateline"),
                said("My dear Marten,", "salutation"),
                said("You will have heard by now that the bell is back. Do not come to the wall on Thursday."),
                said("Yours, in haste,", "signature"),
            ),
            "letter",
        ),
        said("He read it standing.", "continued"),
        Verse(
            (
                (
                    Line(text("Ring once for the boat on the bar,")),
                    Line(text("ring twice for the boat that is in,"), 1),
                ),
                (Line(text("O, salt in the stairwell,")), Line(text("and salt on the sill and the tin."), 2)),
            )
        ),
        *prose(3, 4),
    ),
    text("Chapter I"),
    text("The Missing Step"),
    number=1,
)

SECOND = Chapter(
    (
        said("The second morning was worse, being Tuesday."),
        Speech(text("Pettibone"), (said("There is a farthing that will not lie down."),)),
        said("Enter a constable, wet to the knee.", "stage-direction"),
        Quote((said("It is a common fault to confuse a custom with a law."), said("— Survey", "signature"))),
        Quote((said("NO BATHING"), said("by order of the Harbour Board")), "sign"),
        Quote((said("BELL FOUND STOP DO NOT RING STOP"),), "telegram"),
        Quote((Speech(text("ilse_v"), (said("are you awake"),)), Speech(text("marten"), (said("no"),))), "chat"),
        Quote((said("Item the first. The bell belongs to the parish."),), "document"),
        List(((said("one long rope"),), (said("lamp oil:"), List(((said("a pint"),), (said("rather less"),)))))),
        List(((said("☑ the lamp of the north tower"),), (said("☐ the key;"), said("nobody knows where it is.")))),
        Definition(
            (text("Skerry"), text("Sker")), ((said("A rock that the sea covers."),), (said("A woman’s name."),))
        ),
        Definition((text("Geo"),), ((said("A narrow inlet:"), List(((said("a cold one;"),),))),)),
        List(((said("the boots;"),), (said("whoever was in them;"),)), ordered=True, start=3),
        TABLE,
        Figure(Image("map.png", "A map of the wall"), text("The wall")),
        Aside((said("This chapter was written on a train."),), "note-after", text("Author’s note")),
        Aside((said("Weather."),), "note-before", text("Warnings")),
        Aside((said("Name: Marten Oake"), said("Class: Lampkeeper (Lv. 7)")), "box", text("STATUS")),
        Aside((said("It was Pettibone’s twin."),), "spoiler", text("Spoiler")),
        Aside((said("In which a bell is rung."),), "summary", text("Summary")),
        Preformatted("01:12  lamp out\n01:15  +------+\n       | bell |\n"),
        said("THE END OF THE WALL", align="center"),
        said("a line to the right", align="right"),
    ),
    text("Chapter II"),
    text("In Which a Farthing Will Not Lie Down, and a Constable Asks the Only Sensible Question"),
    number=2,
)

BOOK = Book(
    METADATA,
    (
        Chapter((Quote((said("For everyone who has waited on a wall"),), "dedication"),), kind="dedication"),
        Chapter((), text("Part One"), text("Low Water"), "part", children=(FIRST, SECOND)),
        Chapter((*prose(9, 5), SceneBreak(), *prose(9, 6)), (), text("The Short Ladder"), number=3),
    ),
    (picture("image/png", (300, 180), (90, 120, 150), "map.png"),),
    picture("image/jpeg", (300, 480), (30, 60, 90), "cover.jpg"),
)


def small(*chapters: Chapter, **metadata: str) -> Book:
    """A book of these chapters and little else."""
    from dataclasses import replace

    known = Metadata(
        title="Small",
        people=(Person("Nobody"),),
        language="en",
        identifier="urn:uuid:0",
        modified="2026-01-31T00:00:00Z",
    )
    return Book(replace(known, **metadata), chapters)  # type: ignore[arg-type]
