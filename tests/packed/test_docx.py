"""Word documents: headings, looks of styles, notes, boxes, what was changed, what is no story."""

from __future__ import annotations

import re

import pytest

from converter.build.pipeline import examined, understand
from converter.build.settings import Settings
from converter.document.contracts import Source
from converter.document.errors import NotAStory, ProofError
from converter.document.words import book_text
from converter.parsers import docx
from converter.parsers.docx import markup
from converter.proof import prove_parsed
from tests.packed.documents import SALT, STYLES, Document, p, prose, r, read
from tests.packed.epubs import picture
from tests.pages.making import left_out, shown

ITALIC, BOLD, HIDDEN = "<w:i/>", "<w:b/>", "<w:vanish/>"


def told(document: Document) -> list[str]:
    return shown(read(document), SALT)


def test_headings_divide_and_the_title_is_taken() -> None:
    parsed = read(Document(
        p("The Salt Road", style="Title") + p("by Ines Varga")
        + p("Chapter One", style="Heading1") + prose() + p("Chapter Two", style="Heading1") + prose()
    ))  # fmt: skip
    assert shown(parsed, SALT) == ["# [chapter 1] Chapter One", "prose(1)", "# [chapter 2] Chapter Two", "prose(1)"]
    assert parsed.book.metadata.title == "The Salt Road"
    assert parsed.book.metadata.authors == ("Ines Varga",)


@pytest.mark.parametrize(
    ("paragraph", "wanted"),
    [
        (p("She read the ", r("Gazette", ITALIC), "."), "p She read the _Gazette_."),
        (p(r("plain", '<w:i w:val="0"/>')), "p plain"),
        (p("in ", r("thought", '<w:rStyle w:val="Thought"/>')), "p in _thought_"),
        (p("in ", r("deep thought", '<w:rStyle w:val="Deep"/>')), "p in _deep thought_"),
        (p("All of it.", style="Letter"), "p _All of it._"),
        (p("All ", r("but this", '<w:rStyle w:val="Thought"/>'), style="Letter"), "p _All_ but this"),
        (p("All ", r("but this", '<w:i w:val="false"/>'), style="Letter"), "p _All_ but this"),
        (p("Said of salt.", style="Quote"), "  p Said of salt."),
        (p("very ", r("loud", BOLD)), "p very **loud**"),
        (p(r("bbc", "<w:smallCaps/>"), " news"), "p [small-caps bbc] news"),
        (p("In the middle", style="Middle"), "p (center) In the middle"),
        (p("On the right", more='<w:jc w:val="right"/>'), "p (right) On the right"),
        (p("one", "<w:r><w:br/></w:r>", "two"), "p one / two"),
    ],
)  # fmt: skip
def test_looks(paragraph: str, wanted: str) -> None:
    assert wanted in told(Document(prose() + paragraph + prose()))


STRANGE = STYLES + "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'
    for key, name, more in (
        ("berschrift1", "Überschrift 1", ""),
        ("Titel", "Titel", ""),
        ("Titre1", "Titre 1", ""),
        ("1", "Заголовок 1", ""),
        ("Head", "Chapter Head", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
        ("Mine", "Mine", '<w:basedOn w:val="Heading1"/>'),
        ("TOCHeading", "TOC Heading", '<w:basedOn w:val="Heading1"/>'),
    )
)


@pytest.mark.parametrize("style", ["berschrift1", "Titre1", "1", "Head", "Mine"])
def test_styles_of_headings_in_any_language(style: str) -> None:
    body = p("Tolls", style=style) + prose() + p("Mules", style=style) + prose()
    wanted = ["h1 Tolls", "prose(1)", "h1 Mules", "prose(1)"]
    assert told(Document(body, styles=STRANGE)) == wanted


def test_what_a_paragraph_says_of_the_outline_makes_it_a_heading() -> None:
    level = '<w:outlineLvl w:val="0"/>'
    body = p("Tolls", more=level) + prose() + p("Mules", more=level) + prose()
    assert told(Document(body)) == ["h1 Tolls", "prose(1)", "h1 Mules", "prose(1)"]
    whole = p(" ".join((*SALT, *SALT)), more=level)
    assert told(Document(prose() + whole + prose()))[1].startswith("p ")


def test_the_heading_of_contents_is_none_of_the_story() -> None:
    assert not any(
        "# " in line for line in told(Document(prose() + p("More", style="TOCHeading") + prose(), styles=STRANGE))
    )


def test_the_title_of_another_language_is_the_books() -> None:
    body = p("Der Salzweg", style="Titel") + p("Eins", style="berschrift1") + prose()
    assert read(Document(body, styles=STRANGE)).book.metadata.title == "Der Salzweg"


def test_what_is_shown_in_capitals_is() -> None:
    loud = p("He said ", r("whisper größer", "<w:caps/>"), ".")
    assert "p He said WHISPER GRÖßER." in told(Document(prose() + loud + prose()))


RULED = '<w:pBdr><w:bottom w:val="single"/></w:pBdr>'


INSERTED = '<w:r><w:pict><v:rect style="width:0;height:1.5pt" o:hralign="center" o:hrstd="t" o:hr="t"/></w:pict></w:r>'
LINE = (
    '<w:r><w:drawing><wp:anchor><wp:docPr id="4" name="Line 4"/><a:graphic><a:graphicData><wps:wsp><wps:spPr>'
    '<a:prstGeom prst="line"/></wps:spPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>'
)


@pytest.mark.parametrize(
    "rule", [p(more=RULED), p(style="Rule"), p("* * *", style="Middle"), p("#"), p(INSERTED), p(LINE)]
)
def test_breaks_between_scenes(rule: str) -> None:
    lines = told(Document(prose() + rule + prose()))
    assert lines[0] == lines[2] == "prose(1)"
    assert lines[1].startswith("break")


def test_a_rule_below_a_paragraph_is_a_break() -> None:
    lines = told(
        Document(prose() + p("She slept.", more=RULED) + prose() + p("Boxed.", more=RULED) + p("In.", more=RULED))
    )
    assert lines[:4] == ["prose(1)", "p She slept.", "break * * *", "prose(1)"]
    assert lines[4:] == ["p Boxed.", "p In."]


def cite(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def test_notes_stand_where_they_are_cited() -> None:
    document = Document(
        p("The salt", cite(2), " was late", cite(1, "endnote"), ".") + prose(),
        footnotes=(p("Never cited."), p("From the pans at ", r("Orm", ITALIC), ".")),
        endnotes=(p("By a week."),),
    )
    assert told(document) == ["p The salt[^* p From the pans at _Orm_.] was late[^* p By a week.].", "prose(1)"]


CHANGED = (
    p("She had ", f"<w:ins w:id='1'>{r('two ')}</w:ins>", "<w:del w:id='2'><w:r><w:delText>three </w:delText></w:r></w:del>", "mules.")
    + p(f"<w:moveFrom w:id='3'>{r('Moved words.')}</w:moveFrom>") + prose() + p(f"<w:moveTo w:id='4'>{r('Moved words.')}</w:moveTo>")
)  # fmt: skip


def test_what_was_changed_is_as_it_was_left() -> None:
    parsed = read(Document(CHANGED))
    assert shown(parsed, SALT) == ["p She had two mules.", "prose(1)", "p Moved words."]
    assert ("deleted text", "three") in left_out(parsed)


def test_a_paragraph_whose_end_was_deleted_goes_on_with_the_next() -> None:
    joined = p("The salt was", more="<w:rPr><w:del w:id='1'/></w:rPr>") + p(" late.")
    assert told(Document(joined + prose())) == ["p The salt was late.", "prose(1)"]


def test_hidden_text_is_left_out_and_kept_when_asked_for() -> None:
    document = Document(prose() + p("Seen. ", r("Check this with Tom. ", HIDDEN), "Seen again.") + prose())
    parsed = read(document)
    assert "p Seen. Seen again." in shown(parsed, SALT)
    assert ("hidden", "Check this with Tom.") in left_out(parsed)
    assert "p Seen. Check this with Tom. Seen again." in shown(read(document, hidden="keep"), SALT)


def test_comments_and_running_heads_are_named() -> None:
    document = Document(
        prose(), comments=f'<w:comment w:id="1" w:author="Tom">{p("Too many mules?")}</w:comment>',
        head=p("Varga / THE SALT ROAD"),
    )  # fmt: skip
    assert left_out(read(document)) == [("a comment", "Too many mules?"), ("running head", "Varga / THE SALT ROAD")]


BOXED = f"<w:txbxContent>{p('ROAD CLOSED')}</w:txbxContent>"
NEW_BOX = f"<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>{BOXED}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
OLD_BOX = f"<w:pict><v:shape><v:textbox>{BOXED}</v:textbox></v:shape></w:pict>"
BOTH = f"<mc:AlternateContent><mc:Choice Requires='wps'>{NEW_BOX}</mc:Choice><mc:Fallback>{OLD_BOX}</mc:Fallback></mc:AlternateContent>"
ONE = f"<mc:AlternateContent><mc:Choice Requires='wps'>{NEW_BOX}</mc:Choice></mc:AlternateContent>"


@pytest.mark.parametrize("box", [NEW_BOX, OLD_BOX, BOTH, ONE])
def test_text_in_boxes_is_text_once(box: str) -> None:
    text = book_text(read(Document(prose() + p("A sign stood there.", f"<w:r>{box}</w:r>") + prose())).book)
    assert text.count("ROAD CLOSED") == 1


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (f"<w:sdt><w:sdtContent>{r('in a control')}</w:sdtContent></w:sdt>", "in a control"),
        (f'<w:fldSimple w:instr=" PAGE ">{r("of a field")}</w:fldSimple>', "of a field"),
        (f"<w:hyperlink r:id='x' w:anchor='y'>{r('of a link')}</w:hyperlink>", "of a link"),
        (f"<w:smartTag>{r('in a tag')}</w:smartTag>", "in a tag"),
        (f"<w:bdo w:val='ltr'>{r('from left')}</w:bdo>", "from left"),
        ("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>", "a+b"),
        (f"<w:r><w:ruby><w:rt>{r('しお')}</w:rt><w:rubyBase>{r('塩')}</w:rubyBase></w:ruby></w:r>", "塩"),
        ("<w:r><w:t>sea</w:t><w:noBreakHyphen/><w:t>salt</w:t></w:r>", "sea\u2011salt"),
    ],
)  # fmt: skip
def test_words_in_wrappers_are_kept(held: str, wanted: str) -> None:
    assert wanted in book_text(read(Document(prose() + p("Here: ", held, ".") + prose())).book)


def test_tables_lists_and_pictures() -> None:
    cell = "<w:tc>{}</w:tc>"
    row = f"<w:tr>{cell.format(p('Mules'))}{cell.format(p('Four'))}</w:tr>"
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="m" descr="A map"/><a:graphic><a:graphicData><pic:pic><pic:blipFill>'
        '<a:blip r:embed="map"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    document = Document(prose() + f"<w:tbl>{row}{row}</w:tbl>" + p(drawing) + prose(), pictures={"map": picture()})
    parsed = read(document)
    assert len(parsed.book.resources) == 1
    assert not parsed.findings
    assert book_text(parsed.book).count("Mules") == 2


def drawn(held: str, name: str = "Map 3", said: str = "The salt road") -> str:
    return p(
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="{name}" descr="{said}"/><a:graphic><a:graphicData>{held}'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


BLIP = '<pic:pic><pic:blipFill><a:blip r:embed="{}"/></pic:blipFill></pic:pic>'


@pytest.mark.parametrize(
    ("held", "pictures", "code"),
    [
        (BLIP.format("gone"), {}, "image-missing"),
        ('<c:chart xmlns:c="urn:chart"/>', {}, "image-missing"),
        ('<wps:wsp><wps:spPr><a:prstGeom prst="star5"/></wps:spPr></wps:wsp>', {}, "image-missing"),
        (BLIP.format("map"), {"map": b"\x01\x00\x00\x00 EMF" + b"\0" * 90}, "image-unusable"),
    ],
)
def test_a_picture_that_nobody_can_show_is_told(held: str, pictures: dict[str, bytes], code: str) -> None:
    findings = read(Document(prose() + drawn(held) + prose(), pictures=pictures)).findings
    assert [f.code for f in findings] == [code]
    assert code == "image-unusable" or ("Map 3" in findings[0].message and "The salt road" in findings[0].message)


def test_what_the_program_noted_is_believed_where_the_text_says_nothing() -> None:
    said = "<dc:title>The Salt Road</dc:title><dc:creator>Ines Varga</dc:creator>"
    metadata = read(Document(prose(), core=said)).book.metadata
    assert (metadata.title, metadata.authors) == ("The Salt Road", ("Ines Varga",))
    nothing = "<dc:title>Document1</dc:title><dc:creator>Windows User</dc:creator>"
    assert read(Document(prose(), core=nothing)).book.metadata.people == ()
    assert read(Document(prose(), core=nothing)).book.metadata.title == ""
    titled = Document(p("The Toll", style="Title") + prose(), core=said)
    assert read(titled).book.metadata.title == "The Toll"


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("<dc:description>A light goes out too often.</dc:description>", ("A light goes out too often.", ())),
        ("<dc:description>generated by a program of some kind, in the year of salt.</dc:description>", ("", ())),
        ("<dc:description>draft, see Tom</dc:description>", ("", ())),
        ("<dc:subject>Ghost story</dc:subject><cp:keywords>salt; mules, salt</cp:keywords>", ("", ("salt", "mules", "Ghost story"))),
        ("<dc:title>Salt</dc:title><dc:subject>salt</dc:subject>", ("", ())),
    ],
)  # fmt: skip
def test_summary_and_tags_that_the_program_noted(said: str, wanted: tuple[str, tuple[str, ...]]) -> None:
    metadata = read(Document(prose(), core=said)).book.metadata
    assert (metadata.description, metadata.tags) == wanted


def test_macros_are_left_out_and_named() -> None:
    assert left_out(read(with_file(Document(prose()).data(), "word/vbaProject.bin", OLE))) == [
        ("a macro", "word/vbaProject.bin")
    ]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (OLE, "old format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (b"PK\x03\x04 half", "is damaged"),
        (Document("").data(), "no text"),
        (Document(prose()).data().replace(b"word/document.xml", b"word/dokument.xml"), "no Word document"),
    ],
)
def test_what_is_no_document_to_be_read_is_refused_in_a_line(data: bytes, said: str) -> None:
    with pytest.raises(NotAStory) as error:
        read(data)
    assert said in str(error.value)
    assert error.value.remedy


def test_entities_are_refused() -> None:
    document = Document(prose(), styles="")
    bomb = document.data()
    with pytest.raises(NotAStory, match="declares entities"):
        read(with_file(bomb, "word/styles.xml", b'<!DOCTYPE s [<!ENTITY a "aaaa">]><s>&a;</s>'))


def with_file(data: bytes, name: str, held: bytes) -> bytes:
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for known in old.namelist():
            if known != name:
                new.writestr(known, old.read(known))
        new.writestr(name, held)
    return out.getvalue()


# ------------------------------------------------------------------------------------------------------ the proof

WHOLE = Document(p("One", cite(1), " sentence.") + prose() + p("Last words."), footnotes=(p("A note of four words."),))


def _losing(pattern: str) -> object:
    whole = markup.mammoth_html

    def lost(*given: object) -> str:
        return re.sub(pattern, "", whole(*given), count=1)  # type: ignore[arg-type]

    return lost


@pytest.mark.parametrize("pattern", [r"<p>Nobody .*?</p>", r"A note of four words\.", r"Last words\.", r"sentence"])
def test_the_proof_misses_what_a_parser_loses(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source("story.docx", WHOLE.data(), ".docx")
    prove_parsed(docx.docx_parser()(source))
    monkeypatch.setattr(markup, "mammoth_html", _losing(pattern))
    with pytest.raises(ProofError):
        prove_parsed(docx.docx_parser()(source))


def test_a_reading_that_breaks_down_is_given_up_for_a_plain_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> str:
        raise RecursionError

    monkeypatch.setattr(markup, "mammoth_html", broken)
    reading = examined(understand([Source("story.docx", WHOLE.data(), ".docx")], Settings()))
    assert "A note of four words." in book_text(reading.book)
    assert SALT[1] in book_text(reading.book)


@pytest.mark.parametrize(
    "document",
    [
        Document(prose(), comments=f'<w:comment w:id="1">{p("Too many mules?")}</w:comment>'),
        Document(prose(), head=p("Varga / THE SALT ROAD")),
        Document(CHANGED),
    ],
    ids=["comments", "heads", "deleted"],
)
def test_the_proof_misses_what_stands_beside_the_story(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    read(document)
    monkeypatch.setattr(docx, "beside", lambda _: ([], []))
    with pytest.raises(ProofError):
        read(document)
