"""EPUBs of other programs: their order, their chapters, their notes and looks, what they say of themselves."""

from __future__ import annotations

import pytest

from converter.document.model import Person
from converter.document.words import chapter_name
from tests.packed.epubs import METADATA, SALT, Epub, document, nav, ncx, picture, prose, read
from tests.pages.making import left_out, shown

FIRST, SECOND, THIRD = SALT


def told(book: Epub) -> list[str]:
    return shown(read(book), SALT)


CHAPTERS = {
    "a.xhtml": document(f"<h1>One: The Mules</h1>{prose()}"),
    "b.xhtml": document(f"<h1>Two: The Bridge</h1>{prose()}"),
}


def test_a_name_is_found_whatever_its_capitals_and_signs_are() -> None:
    files = {"Text/Ch 1.xhtml": CHAPTERS["a.xhtml"], "Text/Ch 2.xhtml": CHAPTERS["b.xhtml"]}
    hrefs = {"Text/Ch 1.xhtml": "text/../Text/ch%201.XHTML", "Text/Ch 2.xhtml": "./Text\\Ch%202.xhtml"}
    book = Epub(files | {"nav.xhtml": nav(("One", "Text/Ch%201.xhtml"), ("Two", "TEXT/Ch%202.xhtml"))}, hrefs=hrefs)
    assert told(book) == ["# [chapter 1] One / The Mules", "prose(1)", "# [chapter 2] Two / The Bridge", "prose(1)"]


def test_the_spine_is_the_order() -> None:
    book = Epub(CHAPTERS | {"toc.ncx": ncx(("One", "a.xhtml"), ("Two", "b.xhtml"))}, spine=["b.xhtml", "a.xhtml"])
    assert [chapter_name(c) for c in read(book).book.chapters] == ["Two: The Bridge", "One: The Mules"]


def test_without_a_contents_list_headings_divide() -> None:
    book = Epub({
        "a.xhtml": document(f"<h2>Chapter 1</h2>{prose()}<h2>Chapter 2</h2>{prose((FIRST,))}"),
        "b.xhtml": document(f"{prose((SECOND, THIRD))}<h2>Chapter 3</h2>{prose()}"),
    })  # fmt: skip
    assert told(book) == [
        "# [chapter 1] Chapter 1", "prose(1)", "# [chapter 2] Chapter 2", "prose(1)", "# [chapter 3] Chapter 3", "prose(1)",
    ]  # fmt: skip


def test_one_chapter_over_several_documents_and_several_in_one() -> None:
    """A document that no entry names goes on with the chapter before it; an entry leads into the midst of another."""
    book = Epub({
        "x_split_000.html": document(f"<h1>The Mules</h1>{prose((FIRST,))}"),
        "x_split_001.html": document(prose((SECOND, THIRD))),
        "x_split_002.html": document(
            f'<div class="calibre"><div><h1 id="c2">The Bridge</h1>{prose()}</div>'
            f'<div><p class="head"><a id="c3"></a>The Toll</p>{prose()}</div></div>'
        ),
        "toc.ncx": ncx(
            ("The Mules", "x_split_000.html"), ("The Bridge", "x_split_002.html#c2"), ("The Toll", "x_split_002.html#c3")
        ),
    })  # fmt: skip
    assert told(book) == [
        "# [chapter] The Mules", "prose(1)", "# [chapter] The Bridge", "prose(1)", "# [chapter] The Toll", "prose(1)",
    ]  # fmt: skip


def test_an_entry_without_a_heading_in_the_text_gives_the_heading() -> None:
    files = {"a.xhtml": document(prose()), "b.xhtml": document(prose())}
    parsed = read(Epub(files | {"nav.xhtml": nav(("Morning", "a.xhtml"), ("Evening", "b.xhtml"))}))
    assert shown(parsed, SALT) == ["# [chapter] Morning", "prose(1)", "# [chapter] Evening", "prose(1)"]
    assert [i.text for i in parsed.insertions] == ["Morning", "Evening"]


def test_one_entry_divides_no_text_that_has_headings() -> None:
    book = Epub(CHAPTERS | {"nav.xhtml": nav(("Start reading", "a.xhtml"))})
    assert [chapter_name(c) for c in read(book).book.chapters] == ["One: The Mules", "Two: The Bridge"]
    alone = Epub({"a.xhtml": CHAPTERS["a.xhtml"], "nav.xhtml": nav(("Start reading", "a.xhtml"))})
    assert told(alone) == ["# [chapter 1] One / The Mules", "prose(1)"]


def test_names_of_files_are_no_headings() -> None:
    files = {"ch1.xhtml": document(prose()), "ch2.xhtml": document(prose())}
    parsed = read(Epub(files | {"nav.xhtml": nav(("ch1.xhtml", "ch1.xhtml"), ("Section 2", "ch2.xhtml"))}))
    assert [chapter_name(c) for c in parsed.book.chapters] == ["", ""]


def test_parts_hold_their_chapters() -> None:
    listed = (
        '<nav epub:type="toc"><ol><li><a href="p.xhtml">Part One: Winter</a><ol><li><a href="a.xhtml">The Mules</a></li>'
        '<li><a href="b.xhtml">The Bridge</a></li></ol></li></ol></nav>'
    )
    files = {"p.xhtml": document("<h1>Part One: Winter</h1>")} | CHAPTERS | {"nav.xhtml": document(listed)}
    (part,) = read(Epub(files)).book.chapters
    assert part.kind == "part"
    assert [chapter_name(c) for c in part.children] == ["One: The Mules", "Two: The Bridge"]


NOTED = document(f'<h1>One</h1><p>The salt<sup><a href="notes.xhtml#n1" id="r1">1</a></sup> was late.</p>{prose()}')


@pytest.mark.parametrize("linear", [True, False])
def test_notes_in_a_document_of_their_own_stand_where_they_are_cited(linear: bool) -> None:
    notes = document('<h2>Notes</h2><p id="n1"><a href="a.xhtml#r1">1</a>. From the pans at Orm.</p>')
    files = {"a.xhtml": NOTED, "b.xhtml": CHAPTERS["b.xhtml"], "notes.xhtml": notes}
    book = Epub(files | {"toc.ncx": ncx(("One", "a.xhtml"), ("Two", "b.xhtml"), ("Notes", "notes.xhtml"))},
                beside=[] if linear else ["notes.xhtml"])  # fmt: skip
    assert told(book) == [
        "# [chapter 1] One", "p The salt[^1 p From the pans at Orm.] was late.", "prose(1)",
        "# [chapter 2] Two / The Bridge", "prose(1)",
    ]  # fmt: skip


LISTED_NOTES = [  # what programs make of a document's notes, "{n}" their number
    '<dl id="n{n}" class="footnote"><dt>[<a href="a.xhtml#r{n}">←{n}</a>]</dt><dd><p>From the pans.</p></dd></dl>',
    '<dl><dt id="n{n}">{n}.</dt><dd><p>From the pans.</p></dd></dl>',
    '<dl><dt><a id="n{n}" href="a.xhtml#r{n}">{n}</a></dt><dd>From the pans.</dd></dl>',
    '<dl><dt>[{n}]</dt><dd id="n{n}"><p>From the pans.</p></dd></dl>',
]


@pytest.mark.parametrize("note", LISTED_NOTES)
def test_notes_that_are_lists_of_definitions_stand_where_they_are_cited(note: str) -> None:
    cited = [
        f'<p>The salt<sup><a id="r{n}" href="notes.xhtml#n{n}" class="noteref">{n}</a></sup> was late.</p>'
        for n in (1, 2)
    ]
    notes = document(
        "<h1>Notes</h1>" + note.format(n=1) + note.format(n=2).replace("</dd>", "</dd><dd>And a cart.</dd>")
    )
    book = Epub({"a.xhtml": document(f"<h1>One</h1>{prose()}" + "".join(cited)), "b.xhtml": CHAPTERS["b.xhtml"], "notes.xhtml": notes,
                 "toc.ncx": ncx(("One", "a.xhtml"), ("Two", "b.xhtml"))})  # fmt: skip
    assert told(book) == [
        "# [chapter 1] One", "prose(1)", "p The salt[^1 p From the pans.] was late.",
        "p The salt[^2 p From the pans. p And a cart.] was late.", "# [chapter 2] Two / The Bridge", "prose(1)",
    ]  # fmt: skip


def test_a_word_that_is_explained_is_no_note() -> None:
    words = '<h1>Words</h1><dl><dt id="w1">Pan</dt><dd>Where salt is boiled.</dd></dl>'
    body = f'<h1>One</h1><p>A pan <a href="b.xhtml#w1" class="noteref">1</a> was late.</p>{prose()}'
    book = Epub({"a.xhtml": document(body), "b.xhtml": document(words), "toc.ncx": ncx(("One", "a.xhtml"), ("Words", "b.xhtml"))})  # fmt: skip
    assert "[^" not in " ".join(told(book))


def test_a_document_beside_the_row_of_the_text_stays_apart() -> None:
    files = CHAPTERS | {"answers.xhtml": document("<h2>Answers</h2><p>The second cart was the first.</p>")}
    book = Epub(files | {"toc.ncx": ncx(("One", "a.xhtml"), ("Two", "b.xhtml"))}, beside=["answers.xhtml"])
    assert told(book)[-2:] == ["# [back] Answers", "p The second cart was the first."]


LOOKS = """.i { font-style: italic } .b { font-weight: 700 } .c { text-align: center } p .s { font-variant: small-caps }
.gone { display: none } @media amzn-kf8 { p { font-style: italic } }"""


def test_the_look_of_a_linked_sheet_is_read() -> None:
    body = (
        f'<h1>One</h1>{prose()}<p>She read the <span class="i">Gazette</span> and <span class="b">nothing else</span>, '
        'and the <span class="s">bbc</span>.</p><p class="c">THE END</p><p class="gone">Buy the next book!</p>'
    )
    head = '<link rel="stylesheet" type="text/css" href="../Styles/main.css"/>'
    files = {"Text/a.xhtml": document(body, head), "Text/b.xhtml": CHAPTERS["b.xhtml"], "Styles/main.css": LOOKS}
    files["nav.xhtml"] = nav(("One", "Text/a.xhtml"), ("Two", "Text/b.xhtml"))
    parsed = read(Epub(files))
    assert shown(parsed, SALT)[2:4] == [
        "p She read the _Gazette_ and **nothing else**, and the [small-caps bbc].", "p (center) THE END",
    ]  # fmt: skip
    assert ("hidden", "Buy the next book!") in left_out(parsed)
    assert "p Buy the next book!" in shown(read(Epub(files), hidden="keep"), SALT)


def test_sheets_of_one_document_say_nothing_of_another() -> None:
    files = {
        "a.xhtml": document(f"<h1>One</h1>{prose()}", "<style>p { font-style: italic }</style>"),
        "b.xhtml": document(f"<h1>Two</h1>{prose()}"),
        "nav.xhtml": nav(("One", "a.xhtml"), ("Two", "b.xhtml")),
    }
    assert told(Epub(files)) == ["# [chapter 1] One", *(f"p _{s}_" for s in SALT), "# [chapter 2] Two", "prose(1)"]


def test_the_typesetters_first_words_are_words() -> None:
    small = '<p><span style="font-variant: small-caps">The salt came down</span> the valley.</p>'
    files = CHAPTERS | {"a.xhtml": document(f"<h1><i>One</i></h1>{small}{prose()}")}
    book = Epub(files | {"nav.xhtml": nav(("One", "a.xhtml"), ("Two", "b.xhtml"))})
    assert told(book)[:3] == ["# [chapter 1] One", "p The salt came down the valley.", "prose(1)"]


def test_what_is_no_story_is_named() -> None:
    """The cover's page, the title page, the contents list, numbers of printed pages, a script, a film's fallback."""
    files = {
        "cover.xhtml": document('<svg xmlns="http://www.w3.org/2000/svg"><image xlink:href="front.png"/></svg>'),
        "front.png": picture(),
        "title.xhtml": document("<h1>The Salt Road</h1><p>A Novel</p><p>by Ines Varga</p>").replace(
            "<body>", '<body epub:type="titlepage">'
        ),
        "nav.xhtml": nav(("One", "a.xhtml"), ("Two", "b.xhtml")),
        "a.xhtml": document(
            f'<h1>One</h1><p><span epub:type="pagebreak" id="p7">7</span>{FIRST}</p>'
            f"<script>var salt = 1;</script><video>No film here.</video>{prose((SECOND, THIRD))}"
        ),
        "b.xhtml": CHAPTERS["b.xhtml"],
    }
    metadata = METADATA + '<meta name="cover" content="i1"/>'
    spine = ["cover.xhtml", "title.xhtml", "nav.xhtml", "a.xhtml", "b.xhtml"]
    parsed = read(Epub(files, spine, metadata))
    assert shown(parsed, SALT) == ["# [chapter 1] One", "prose(1)", "# [chapter 2] Two / The Bridge", "prose(1)"]
    assert parsed.book.cover is not None
    assert parsed.book.resources == ()
    assert left_out(parsed) == [
        ("the title page", "The Salt Road\nA Novel\nby Ines Varga"),
        ("the contents list", "Contents\nOne\nTwo"),
        ("the number of a printed page", "7"),
        ("not shown by a browser", "No film here."),
    ]


def test_a_dedication_without_an_entry_is_a_leaf_of_its_own() -> None:
    files = {"d.xhtml": document('<section epub:type="dedication"><p>For the mules</p></section>')} | CHAPTERS
    parsed = read(Epub(files | {"nav.xhtml": nav(("One", "a.xhtml"), ("Two", "b.xhtml"))}))
    assert [c.kind for c in parsed.book.chapters] == ["dedication", "chapter", "chapter"]


def test_pictures_are_found_from_where_a_document_lies() -> None:
    body = f'<h1>One</h1>{prose()}<p><img src="../Images/map%201.png" alt="A map"/></p>'
    files = {"Text/a.xhtml": document(body), "Text/b.xhtml": CHAPTERS["b.xhtml"], "Images/Map 1.png": picture()}
    parsed = read(Epub(files | {"nav.xhtml": nav(("One", "Text/a.xhtml"), ("Two", "Text/b.xhtml"))}))
    assert len(parsed.book.resources) == 1
    assert not parsed.findings


def test_links_between_documents_lead_to_places_in_the_book() -> None:
    files = {
        "a.xhtml": document(f'<h1>One</h1><p>She came as <a href="b.xhtml#told">was told later</a>.</p>{prose()}'),
        "b.xhtml": document(f'<h1>Two</h1>{prose()}<p id="told">She came on a mule.</p>'),
        "nav.xhtml": nav(("One", "a.xhtml"), ("Two", "b.xhtml")),
    }
    lines = told(Epub(files))
    key = lines[1].partition("(#")[2].partition(")")[0]
    assert key
    assert f"p [#{key} She came on a mule.]" in lines


SAID = """<dc:title id="s">A Tale of Four Carts</dc:title><meta refines="#s" property="title-type">subtitle</meta>
<dc:title id="t">The Salt Road</dc:title><meta refines="#t" property="title-type">main</meta>
<dc:creator id="a">Ines Varga</dc:creator><meta refines="#a" property="role">aut</meta>
<meta refines="#a" property="file-as">Varga, Ines</meta>
<dc:creator id="b">Tom Reed</dc:creator><meta refines="#b" property="role">trl</meta>
<dc:contributor opf:role="bkp">a converter (1.0)</dc:contributor>
<dc:language>en-GB</dc:language><dc:subject>Salt</dc:subject><dc:subject>Mules</dc:subject>
<dc:publisher>Four Carts Press</dc:publisher><dc:date>2019-05-01T00:00:00Z</dc:date>
<dc:description>&lt;p&gt;Salt, late.&lt;/p&gt;</dc:description><dc:identifier>urn:isbn:978-0-306-40615-7</dc:identifier>
<meta property="belongs-to-collection" id="c">The Roads</meta><meta refines="#c" property="collection-type">series</meta>
<meta refines="#c" property="group-position">2</meta>"""
OLDER = """<dc:title>The Salt Road</dc:title><dc:creator opf:role="aut" opf:file-as="Varga, Ines">Ines Varga</dc:creator>
<dc:creator opf:role="trl">Tom Reed</dc:creator><dc:language>en-GB</dc:language><dc:date opf:event="modification">2020-01-01</dc:date>
<dc:date opf:event="publication">2019-05-01</dc:date><meta name="calibre:series" content="The Roads"/>
<meta name="calibre:series_index" content="2.0"/>"""


@pytest.mark.parametrize("metadata", [SAID, OLDER])
def test_what_the_package_says(metadata: str) -> None:
    said = read(Epub(CHAPTERS, metadata=metadata)).book.metadata
    assert said.title == "The Salt Road"
    assert said.people == (Person("Ines Varga", "aut", "Varga, Ines"), Person("Tom Reed", "trl"))
    assert (said.language, said.series, said.series_index, said.published) == ("en-GB", "The Roads", "2", "2019-05-01")
    if metadata is SAID:
        assert (said.subtitle, said.publisher, said.tags) == (
            "A Tale of Four Carts", "Four Carts Press", ("Salt", "Mules"),
        )  # fmt: skip
        assert said.isbn == "9780306406157"
        assert said.description.strip() == "Salt, late."


@pytest.mark.parametrize(
    ("entry", "alt", "wanted"),
    [
        ("Chapter 1", "Chapter 1: The Hen Ladder", "Chapter 1 / The Hen Ladder"),
        ("1", "1. The Hen Ladder", "1. / The Hen Ladder"),
        ("a.xhtml", "Chapter 1", "Chapter 1"),
        ("The Hen Ladder", "Chapter 1, with hens", "The Hen Ladder"),
        ("a.xhtml", "A ladder with hens", ""),
    ],
)
@pytest.mark.parametrize("there", [True, False])
def test_a_heading_that_is_drawn_is_read(entry: str, alt: str, wanted: str, there: bool) -> None:
    drawn = document(f'<div class="head"><img src="h.png" alt="{alt}"/></div>{prose() * 9}')
    files: dict[str, str | bytes] = {"a.xhtml": drawn, "b.xhtml": CHAPTERS["b.xhtml"]}
    contents = ncx((entry, "a.xhtml"), ("Two", "b.xhtml"))
    book = Epub(files | {"toc.ncx": contents} | ({"h.png": picture()} if there else {}))
    heading = f"# [chapter{' 1' if '1' in wanted else ''}] {wanted}".rstrip()
    assert told(book)[: 2 + there] == [heading, *[f"figure image-1.png “{alt}”"][:there], "prose(9)"]
