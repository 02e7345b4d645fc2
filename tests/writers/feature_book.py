"""A story that has one of everything: every block, every inline, every kind of chapter, notes in odd places."""

from __future__ import annotations

import io

from PIL import Image as Picture

from converter.document.contracts import Theme
from converter.document.model import (
    Anchor,
    Aside,
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

TEST_CSS = """
p { margin: 0; text-indent: 1.2em; text-align: left; hyphens: auto }
p.first, p.after-break, p.continued { text-indent: 0 }
h1, h2, h3, h4 { text-align: center; hyphens: none }
span.label, span.title { display: block }
span.lead, span.small-caps { font-variant: small-caps }
hr.scene-break { border: 0; border-top: 1px solid; width: 20%; margin: 1.5em auto }
.hidden { display: none }
a.noteref { vertical-align: super; font-size: 0.75em; line-height: 0; text-decoration: none }
section.cover { text-align: center }
section.cover img { max-width: 100%; max-height: 100% }
section.titlepage { text-align: center; margin-top: 15% }
blockquote { margin: 1em 8% }
div.verse { margin: 1em 10% }
span.line { display: block }
img { max-width: 100% }
table { border-collapse: collapse; margin: 1em auto }
td, th { border: 1px solid; padding: 0.2em 0.6em }
aside.note, aside.box, aside.summary, aside.spoiler { border-left: 2px solid; padding-left: 1em; margin: 1em 0 }
"""


def theme(**settings: str) -> Theme:
    return Theme("test", "Test", "", TEST_CSS, "", settings)


def t(*parts: str | Inline) -> tuple[Inline, ...]:
    return tuple(Text(p) if isinstance(p, str) else p for p in parts)


def p(*parts: str | Inline, **more: str) -> Paragraph:
    return Paragraph(t(*parts), **more)  # type: ignore[arg-type]


def picture(name: str, kind: str = "PNG", size: tuple[int, int] = (240, 160), shade: int = 120) -> Resource:
    out = io.BytesIO()
    Picture.new("RGB", size, (shade, 90, 60)).save(out, kind)
    return Resource(name, f"image/{kind.lower()}", out.getvalue())


LIGHTHOUSE = Chapter(
    label=t("Chapter I."),
    title=t("The ", Emphasis(t("Lamp")), " Is Lit", Note((p("Nobody had lit it for years."),))),
    number=1,
    blocks=(
        Aside((p("Written on a train. Be kind."),), "note-before", t("Author’s note")),
        Quote((p("The sea keeps no accounts."), p("Old saying", role="signature")), "epigraph"),
        p("Ludmila climbed the stair with the lamp in one hand and counted, as she did every evening, a hundred and "
          "eight steps, and at the top the wind took her hat."),
        p("“Nine", Emphasis(t("teen")), ",", Strong(t("ninety")), Emphasis(t("-", Strong(t("nine")))), "!” she said.",
          Note((p("She never could count."), p("Or would not.")))),
        p("T", Styled("small-caps", t("he")), " kettle sang", Styled("super", t("2")), " H", Styled("sub", t("2")),
          "O, ", Styled("strike", t("gone")), " ", Styled("underline", t("here")), " and ",
          Styled("code", t("x  = 1"))),
        p(Link("https://example.org/a b?q=ä&x=1#top", t("A ", Emphasis(t("page")), Note((p("In a link."),)))),
          " and ", Link("mailto:keeper@example.org", t("a letter")), " and ",
          Link("#afterword-1", t("the end")), " and ",
          Link("http://", t("nothing")), " and ", Link("#chapter-99", t("nowhere")), "."),
        p("See ", Link("#at-papers", t("the papers")), ", ", Anchor("at-here", t("from here")), ", and ",
          Link("#at-gone", t("what is gone")), "."),
        p("He said ", Foreign("fr", t("à bientôt")), " and ", Foreign("he", t("שלום"), "rtl"), ", then ",
          Foreign("en_US", t("so long")), ", then ", Foreign("???", t("something")), "."),
        p("A line", LineBreak(), "and its end.  Two spaces stay."),
        SceneBreak("* * *"),
        p("Afterwards <it> was \"quiet\" & dark."),
        SceneBreak(),
        p("And then", role="continued"),
        Heading(t("A Heading"), 1),
        p("Under the heading."),
        Heading(t("Too deep"), 4),
        p("Under the deeper heading.", Note((Quote((p("A note that opens with a quotation."),)),))),
        p("The end of the day", align="center"),
        p("signed, L.", role="signature", align="right"),
    ),
)  # fmt: skip

DOCUMENTS = Chapter(
    title=t("Papers & <Things>"),
    kind="interlude",
    blocks=(
        Quote((p("14 March", role="dateline"), p("Dear Ines,", role="salutation"), p("All is well."),
               p("Yours, O.", role="signature")), "letter"),
        Quote((p("NO ENTRY"),), "sign"),
        p(Anchor("at-papers", t("The papers")), " lie ", Link("#at-here", t("where they were found")), "; ",
          Anchor("at-papers", t("again")), "."),
        Quote((p("COME HOME STOP"),), "telegram"),
        Quote((p("Article one."), Heading(t("In a document"), 2)), "document"),
        Quote((Speech(t("ines"), (p("where are you"),)), Speech(t("otto"), (p("here"), p("still here")))), "chat"),
        Quote((p("For the one who waited."),), "dedication"),
        Verse(((Line(t("O lamp, ")), Line(t("O ", Emphasis(t("wind"))), 1), Line(t("deeper"), 9)),
               (Line(t("")), Line(t("again"))))),
        List(((p("bread"),), (p("salt"), List(((p("coarse"),), (p("fine"),)), ordered=True, start=3)), ()),),
        List(((p("☑ oil"),), (p("☐ wicks", align="right"), p("of all sizes")), (p("☐ ", ),))),
        Definition((t("Skerry", Note((p("In a term."),))), t("Sker")), ((p("A rock."),), (p("A name."), p("Too.")))),
        Definition((t("Geo"),), ((List(((p("An inlet"),),)),),)),
        Table(((Cell((p("Name"),), header=True), Cell((p("Years"), Heading(t("of life"))), header=True)),
               (Cell((p("Otto"),), header=True), Cell((p("41", align="right"),))), (Cell((p("all"),), colspan=2),),
               (Cell(()), Cell((p("a"), p("b"))))), t("The keepers", Note((p("In a caption."),)))),
        Figure(Image("map.png", "A map of the island"), t("The island")),
        Figure(Image("plain.jpg", ""), t("Its caption speaks for it")),
        p("With ", Image("dot.gif", "a dot"), " inside", Image("missing.png", "never seen"), "."),
        Aside((p("Level: 4"), p("Strength: 9")), "box", t("Status")),
        Aside((p("He lives."),), "spoiler"),
        Aside((p("What happened so far."),), "summary"),
        Aside((p("More next week."),), "note-after", t("Afterwards")),
        Preformatted("  two spaces\n\n    four\n<tag> & \"quote\"\n"),
        Preformatted("see  one\n   two", content=(Text("see  "), Link("https://lamps.example/1", (Text("one\n   two"),)))),
        Speech(t("OTTO."), (p("Who is there?"), p("(He waits.)", role="stage-direction"))),
        Speech((), (p("A voice without a name."),)),
        Speech(t("INES."), (Verse(((Line(t("Only the wind")),),)),)),
        p(Ruby("漢字", "かんじ"), " is read so.", Note((p("A note in a note.", Note((p("Inner."),))),))),
    ),
)  # fmt: skip

BOOK = Book(
    Metadata(
        title="The Lamp at <Skerry> & Sons",
        subtitle="A story for tests",
        people=(Person("Ada Thorne", "aut", "Thorne, Ada"), Person("Ben Ode", "aut"), Person("Carla Übel", "trl")),
        language="en-GB",
        series="Skerry Tales",
        series_index="2",
        description="A keeper, a lamp.\n\nAnd <b>a storm</b> & more.",
        fandoms=("Skerry",),
        relationships=("Ludmila/Otto",),
        characters=("Ludmila", "Otto"),
        genres=("Mystery", "Sea stories"),
        tags=("slow", "Mystery", "wind"),
        warnings=("Storms",),
        rating="General",
        status="Complete",
        published="2026-01-31",
        updated="2026-02-01T10:00:00+02:00",
        publisher="Chapbook Press",
        rights="© 2026 Ada Thorne",
        source="https://example.org/works/1",
        extra=(("Beta reader", "Dora"),),
        identifier="urn:uuid:0f5d2a5e-3c43-5a25-9c0e-6f3f4b2d7a11",
        modified="2026-02-03T04:05:06Z",
    ),
    (
        Chapter((p("For D."),), title=t("Dedication"), kind="dedication"),
        Chapter((p("Never turn your back on it."),), kind="epigraph"),
        Chapter((p("It began in a wind."),), title=t("Prologue"), kind="prologue"),
        Chapter((p("Between the title and the first chapter."),), label=t("Part One"), title=t("Land"), kind="part",
                children=(LIGHTHOUSE, DOCUMENTS, Chapter((p("No heading stands above these words, at all, ever."),
                                                          Heading(t("But here is one"), 2)),))),
        Chapter(label=t("Part Two"), kind="part", children=(
            Chapter(title=t("Act"), kind="act", children=(
                Chapter((p("Deep down."),), title=t("Scene"), kind="scene"),)),)),
        Chapter(),
        Chapter((p("Thanks."),), title=t("Afterword"), kind="afterword"),
    ),
    (picture("map.png"), picture("plain.jpg", "JPEG"), picture("dot.gif", "GIF", (12, 12)), picture("unused.png")),
    picture("cover.jpg", "JPEG", (300, 480), 40),
)  # fmt: skip
