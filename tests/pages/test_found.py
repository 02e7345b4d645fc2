"""What `fuzz.py` found, made small: each page once lost a word, hung, or fell over."""

from __future__ import annotations

import pytest

from converter.document.errors import NotAStory
from converter.parsers.html.dom.selectors import selectors
from converter.parsers.html.sites.tables import known_sites
from converter.parsers.plainly import page_plainly
from converter.proof import prove_parsed
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import lexicon
from tests.pages.making import PROSE, left_out, page, prose, read, shown


@pytest.mark.parametrize(
    "body",
    [
        "2<b>1</b><p data-p-id=a>story</p>",  # runs left out side by side are two omissions, not one word
        "2<!-- -->1<p data-p-id=a>story</p>",
        "<a href=x>Road</a>v<p data-p-id=a>story</p>",
        "<p>story</p><b style='position:absolute;left:-999px'>S<sup>o</sup></b>",  # hidden, with a raised letter
    ],
)
def test_what_is_left_out_side_by_side_is_told_apart(body: str) -> None:
    assert shown(read(page(body))) == ["p story"]


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        ("<tr><td>one</td>loose</tr><tr><td>two</td></tr>", ["table", "  one | loose", "  two"]),
        ("<tr><td>one</td><td>more</td>loose</tr>", ["table", "  one | more | loose"]),
        ("<tr><td></td>loose</tr>", ["table", "   | loose"]),
        ("<caption>loose</caption><tr><td>one</td></tr>", ["box:", "  p loose", "  p one"]),
        (
            "<caption>loose</caption><tr><td role=presentation>one</td><td><table><tr><td>x</td></tr></table></td></tr>",
            ["p loose", "p one", "box:", "  p x"],
        ),
    ],
)
def test_words_of_a_table_outside_its_cells_are_kept(table: str, lines: list[str]) -> None:
    assert shown(read(page(f"<p>Before.</p><table>{table}</table>"))) == ["p Before.", *lines]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<span><blockquote></span>one</blockquote>two", ["quote:", "  p one", "p two"]),
        ("<h3><p></p>one</h3>two", ["h1 one", "p two"]),
        ("<o:p><p></o:p>one</p>two", ["p one", "p two"]),
        ("one<iframe>\n</iframe>two", ["p one two"]),
        ("one<ruby><li>two</li>", ["p one", "p two"]),
        ("one<rt><button>&nbsp;</button>two", ["p one two"]),
        ("one<ruby>two<br>three", ["p onetwo / three"]),
        ("one<form>two<form>three", ["p one", "p twothree"]),  # no form begins in another
        ("one<a><title></title>two", ["p onetwo"]),
        ("one<textarea>&ltp</textarea>two", ["p onetwo"]),
        ("one<svg><figcaption><<em>two", ["p one_two_"]),
        ("one<math><style><three</style>two", ["p onetwo"]),
        ("<div>one<marquee>two</div>three", ["p onetwothree"]),
        ("<table><nav></tbody>one</nav>two", ["box:", "  p onetwo"]),
        ("<table>one<tbody hidden>three<th></table>two", ["box:", "  p one", "p two"]),
        ("<table>one<tr>two<td>three</table>", ["table", "  one", "  two | three"]),
        ("one<span class=editsection><b> </b></span>two", ["p one two"]),
        ("<ul><marquee>one</marquee>\n<e>two", ["-", "  p one two"]),
        ("<pre><b>one<hr>two", ["# [chapter]", "p The lamp.", "# [chapter 1] one", "# [chapter 2] two"]),
        ("<p><ruby style=font-size:0>three</ruby>one two", ["p one two"]),
        ("one<svg>e<![CDATA[l>", ["p one"]),
        ("one&rdquo<![CDATA[>;two", ["p one&rdquo;two"]),
        ("one&#12two", ["p one two"]),
        ("one&&#0#0 two", ["p one&#0 two"]),
        ("<address><svg></address>one</address>two", ["p onetwo"]),
        ("<table/><nav><td>one</nav>two", ["table", "   | onetwo"]),
        ("one<!x/>two", ["p onetwo"]),
        ('one "data:two,three" four', ['p one "data:two,three" four']),
        ("one&#xD0&#0;0 two", ["p oneÐ0 two"]),
        ("<table><blockquote><td></td>one<u></blockquote>two", ["table", "   |  | one[underline two]"]),
        ("<table><caption aria-hidden=true>three<td>one<td>two</table>", ["table", "  one | two"]),
        ("<ol><li></li><b>one</b></></> <a>two", ["1", "  p **one** two"]),
        ("<ruby><rt><m style=position:absolute;left:-999>three</ruby>one", ["p one"]),
        ("one<iframe>< </iframe>two", ["p one two"]),
        ("one<math l=/><style><p>three</style> two", ["p one two"]),
        ("<h2><h2></h2>one</h2>two", ["p onetwo"]),
        ("<li><li></li>one</li>two", ["p onetwo"]),
        ("http://www.w3.org/1999/xhtml<style><style/>o</style> two", ["p http://www.w3.org/1999/xhtml two"]),
    ],
)
def test_odd_markup_parts_words_where_a_browser_does(body: str, lines: list[str]) -> None:
    parsed = read(f"<!DOCTYPE html><html lang='en'><body><p>The lamp.</p><div>{body}</div></body></html>")
    assert shown(parsed) == (lines if "p The lamp." in lines else ["p The lamp.", *lines])


def test_what_stands_before_a_note_s_label_stays_before_it() -> None:
    body = "<div class=chapter-inner>one two</div><v class=author-note-portlet>three<v class=caption>four"
    assert shown(read(f"<title>RoyalRoad</title>{body}")) == ["p one two", "note-after:", "  p threefour"]


def test_a_note_whose_mark_is_left_out_is_text() -> None:
    body = "<p>Before.</p><nav><a href='#endnotes-1'>*</a></nav><div id='endnotes-1'>kept</div>"
    assert shown(read(page(body))) == ["p Before.", "p kept"]


def test_a_note_whose_mark_is_never_met_is_text() -> None:
    body = "<p>Before.</p><pre><a href='#endnotes-1'>*</a></pre><div id='endnotes-1'>kept</div>"
    assert shown(read(page(body))) == ["p Before.", "break *", "p kept"]


def test_an_odd_marked_section_without_an_end_takes_nothing_with_it() -> None:
    parsed = read(b"<![splash<frameset and nobody had thought of the boat, or of the lamp that was lit every evening")
    assert shown(parsed) == [
        "p <![splash<frameset and nobody had thought of the boat, or of the lamp that was lit every evening"
    ]


@pytest.mark.parametrize(
    ("cut", "words"),
    [
        ("four <b", "four <b"),
        ("four <a href='x", "four <a href='x"),
        ('four <a href="x>five', "four five"),
        ("four </3 five", "four </3 five"),
        ("four <three and four", "four <three and four"),
        ("four <!-- five", "four five"),
        ("four <?", "four <?"),
    ],
)
def test_a_tag_that_never_ends_takes_nothing_with_it(cut: str, words: str) -> None:
    parsed = read(f"<p>one two three.</p><p>{cut}")
    assert shown(parsed) == ["p one two three.", f"p {words}"]


def test_a_quotation_mark_too_few_takes_no_paragraphs_with_it() -> None:
    body = '<p>One <a href="x>two</a> three.</p><p>“Four,” she said, "five" and six.</p><p class="x">Seven.</p>'
    assert shown(read(page(body))) == ["p One two three.", 'p “Four,” she said, "five" and six.', "p Seven."]


@pytest.mark.parametrize("name", ["select", "textarea", "iframe", "noscript", "template", "title", "object", "button"])
def test_what_has_no_end_in_an_odd_tag_is_no_element(name: str) -> None:
    assert shown(read(page(f"<p>Before.</p><m<{name}>lamp</p>"))) == ["p Before.", "p lamp"]
    assert shown(read(page(f"<p>Before.</p><{name}>lamp</p>"))) == ["p Before.", "p lamp"]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("textarea", "control"),
        ("iframe", "not shown by a browser"),
        ("noembed", "not shown by a browser"),
        ("noframes", "not shown by a browser"),
        ("title", "the page's head"),
    ],
)
def test_tags_in_what_a_browser_reads_as_it_stands_are_no_words(name: str, rule: str) -> None:
    parsed = read(page(f"<p>Before.</p><{name}>two <b>three</b> &amp; <!-- no --> 1 &lt; 2</{name}><p>After.</p>"))
    assert shown(parsed) == ["p Before.", "p After."]
    assert [(o.rule, o.text) for o in parsed.omissions] == [(rule, "two three & 1 < 2")]


def test_an_empty_style_hides_nothing() -> None:
    assert shown(read(page("<p>Before.</p><style/><p>The lamp.</p><style>p {}</style><p>After.</p>"))) == [
        "p Before.",
        "p The lamp.",
        "p After.",
    ]


def test_a_word_of_many_colours_is_one_word() -> None:
    word = "".join(f"<font color=c{i}>{c}</font>" for i, c in enumerate("extraordinarilylongword"))
    parsed = read(page(f"<p>One {word} two.</p><p hidden>three {word} four</p>{prose()}"))
    assert shown(parsed) == ["p One extraordinarilylongword two.", "prose(2)"]
    assert left_out(parsed) == [("hidden", "three extraordinarilylongword four")]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("n<ruby> d</ruby>", ["p n d"]),
        (
            "<details>I said<div>one</div> and <b>two</b></details>",
            ["spoiler:", "  p I said", "  p one", "  p and **two**"],
        ),
        ("<figure><img><div><figcaption>once</figcaption></div></figure>", ["p (center) once"]),
        ("<figure><figcaption>first</figcaption><img>second</figure>", ["p first", "p second"]),
        ("<table><tr><td>one<td><caption>two</caption></table>", ["p one", "p two"]),
        ("<table><tr><td>one<td>two</tr><caption>three</caption></table>", ["p one", "p two", "p three"]),
    ],
)
def test_parts_that_stand_elsewhere_than_usual_stay_in_their_order(body: str, lines: list[str]) -> None:
    assert shown(read(page(f"<p>Before.</p>{body}<p>After.</p>"))) == ["p Before.", *lines, "p After."]


def test_what_stands_after_the_end_of_the_body_is_the_page() -> None:
    """Pages are glued together, and templates close the body early: a browser shows the rest all the same."""
    parsed = read(page(f"<p>One.</p></body></html>{prose()}<html><body><p>Two.</p>"))
    assert shown(parsed) == ["p One.", "prose(2)", "p Two."]


def test_a_note_in_its_own_mark_is_text() -> None:
    assert shown(read("one<a href=#cite_note-1>[1<ul><li id=cite_note-1>note<li>kept")) == [
        "p one[[1](#at-e9b77c29)",
        "-",
        "  p [#at-e9b77c29 [note](#at-e9b77c29)]",
        "-",
        "  p [kept](#at-e9b77c29)",
    ]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<a href=#Footnote_1>1</a><select>k<p><a id=Footnote_1>U</select>", ["p [1](#at-b8b7015f)"]),
        (
            "one<frameset><a href=#cite_note-3>[3</a><p></frameset>3<li id=cite_note-3>more",
            ["p one[^3 p more]", "p 3"],
        ),
        ("one<video>no<td>player</video>two<big", ["p onetwo<big"]),
        ("0<style a='/>d", ["p 0d"]),
        ("<details><title>The Weir-Keeper</title><e>s The Weir-Keeper", ["spoiler:", "  p s The Weir-Keeper"]),
        ("<table><tr><td><y><tr><td>one<td></table>", ["table", "  ", "  one | "]),
    ],
)
def test_notes_and_cells_in_what_is_not_shown_stay_where_they_are(body: str, lines: list[str]) -> None:
    assert shown(read(body)) == lines


def test_what_lxml_takes_for_an_element_with_words_in_it_is_empty() -> None:
    assert shown(read(page(f"<p>Before.</p><embed src=x><p>The lamp.</p>{prose()}"))) == [
        "p Before.",
        "p The lamp.",
        "prose(2)",
    ]


def test_what_is_left_out_at_its_letter_is_not_sought_before_it() -> None:
    """Equal words whose first one is parted by markup: the place that is named comes first."""
    same = "<h2><span>Building<b>5</b> <i>External links</i></span></h2>"
    parsed = read(
        f"<title>Building5 External links</title><div id=storytext>{same}{prose()}</div><div hidden>{same * 3}</div>"
    )
    assert left_out(parsed) == [
        ("hidden", "Building5 External links\nBuilding5 External links\nBuilding5 External links"),
        ("duplicate title", "Building5 External links"),
    ]


def test_set_plainly_a_tag_parts_the_signs_of_a_reference() -> None:
    parsed = page_plainly("page.html", ".&#</>8 &amp; more")
    prove_parsed(parsed)
    assert shown(parsed) == ["p .&#8 & more"]


def test_a_line_that_ends_in_a_tag_parts_no_word() -> None:
    assert shown(read(page("<p>U<span\nclass=x>pon</span> a<style>\n</style>gain.</p>"))) == ["p Upon again."]


def test_a_sign_that_is_left_out_in_a_word_is_told_with_its_place() -> None:
    parsed = read(
        page(f"<p>win<span class=editsection>[</span>ter and <span class=editsection>[</span>so.</p>{prose()}")
    )
    assert shown(parsed) == ["p winter and so.", "prose(2)"]
    assert [o.letters for o in parsed.omissions if o.text == "["] == [3]


def test_what_is_left_out_by_its_line_stands_before_what_is_left_out_by_its_letter() -> None:
    first = "<p><a href=x>Home</a><nav>News</nav>You are visitor number 12</p>"
    assert shown(read(f"<body>{first}{prose()}<p>Home</p><p>So it ended, all in all.</p>")) == [
        "prose(2)",
        "p Home",
        "p So it ended, all in all.",
    ]


def test_a_caption_in_a_footer_of_its_figure_is_kept() -> None:
    body = "<p>One.</p><figure>two<footer><img><figcaption>three</figcaption></footer></figure>"
    assert shown(read(page(body))) == ["p One.", "p two", "p three"]


def test_what_holds_a_chapters_text_is_not_its_heading() -> None:
    assert shown(read("<div class=chapter-title>o<div id=chp_raw>d")) == ["p d"]


def test_a_heading_from_a_list_may_say_what_the_text_begins_with() -> None:
    head = "<div id=profile_top></div><select id=chap_select><option selected>The Ferry Again</select>"
    assert shown(read(f"{head}<div id=storytext>1 The Ferry Again")) == [
        "# [chapter] The Ferry Again",
        "p 1 The Ferry Again",
    ]


def test_rows_of_stars_in_pre_are_a_scene_break() -> None:
    rows = "<pre>  *    *    *    *    *    *    *\n\n    *    *    *    *    *    *\n</pre>"
    parsed = read(page(f"<p>Before.</p>{rows}<p>After.</p>"))
    assert shown(parsed) == ["p Before.", "break * * * * * * *", "p After."]


@pytest.mark.parametrize(
    ("body", "lines", "left"),
    [
        (  # a chapter's title with nothing under it
            "<div id=pagetitle><a href='viewuser.php'>Ada</a></div><div class=chaptertitle>1</div>"
            "<div class=story>story</div><div class=chaptertitle>2</div><div class=story></div>",
            ["# [chapter 1] 1", "p story"],
            [("metadata", "Ada"), ("heading without text", "2")],
        ),
        (  # a note's label with nothing under it
            "RoyalRoad<div class=chapter-inner>story</div>"
            "<div class=author-note-portlet><p class=caption>A note</p></div>",
            ["p story"],
            [("outside the story", "RoyalRoad"), ("heading without text", "A note")],
        ),
    ],
)
def test_a_heading_without_text_is_left_out_by_name(body: str, lines: list[str], left: list[tuple[str, str]]) -> None:
    parsed = read(page(body))
    assert shown(parsed) == lines
    assert left_out(parsed) == left


def test_a_cell_that_is_left_out_does_not_hide_words_between_cells() -> None:
    body = "<TR><TD><td></td>e<m><td>><td>><td>?<td>><nav/>w<TR><TD>><BR>o<BR><A HREF>n y A R"
    assert shown(read("<TABLE>" + body)) == ["table", "   |  | e | > | > | ? | >"]


@pytest.mark.parametrize("mark", ["xXx", "oOo"])
def test_a_break_of_letters_in_the_header_block_is_left_out_by_name(mark: str) -> None:
    parsed = read(page(f"<p>{mark}</p><p>Author: Ada<br>Rating: K</p>{prose()}"))
    assert shown(parsed) == ["prose(2)"]
    assert left_out(parsed) == [("metadata", "Author: Ada\nRating: K"), ("metadata", mark)]


def test_a_control_in_a_heading_parts_words_on_both_sides_of_the_proof() -> None:
    parsed = read(page(f"<h1>e a<select></select>d</h1>{prose()}"))
    assert parsed.book.metadata.title == "e a d"
    assert shown(parsed) == ["prose(2)"]


@pytest.mark.slow
def test_contents_links_in_thousands_of_nested_elements_end() -> None:
    links = "".join(f"<a href='#n{i}'>Chapter {i}</a> " for i in range(40))
    parsed = read(page(f"<p>{PROSE[0]} " * 200 + "<div>" * 4_000 + links + "</div>" * 4_000 + prose()))
    assert shown(parsed) == [*[f"p {PROSE[0]}"] * 200, "prose(2)"]


@pytest.mark.parametrize(
    "middle", ["<center>~</center>", "<div style='text-align:center'>~</div>", "<p align=center>~</p>"]
)
def test_text_after_a_centred_block_and_a_break_is_not_centred(middle: str) -> None:
    parsed = read(page(f"{PROSE[0]}<br><br>{PROSE[1]}{middle}<br>{PROSE[2]}<br><br>{PROSE[3]}"))
    assert shown(parsed) == [f"p {PROSE[0]}", f"p {PROSE[1]}", "break ~", f"p {PROSE[2]}", f"p {PROSE[3]}"]


def test_what_stands_around_a_note_in_a_hidden_part_is_left_out_by_name() -> None:
    note = "<div style='display:none'>around <p id=fn1>The note.</p> it</div>"
    parsed = read(page(f"<p>Before.<a href='#fn1'>[1]</a></p>{prose()}{note}"))
    assert shown(parsed) == ["p Before.[^1 p The note.]", "prose(2)"]
    assert left_out(parsed) == [("outside the story", "around"), ("outside the story", "it"), ("note mark", "[1]")]


def test_bytes_that_begin_like_a_surrogate_and_are_none_are_strays() -> None:
    assert shown(read("lit – “lamp” ".encode() * 30 + b"\xed\xc3\x80 lamp")) == [f"p {'lit – “lamp” ' * 30}íÀ lamp"]


def test_a_heading_selector_that_matches_inside_a_note_is_no_heading() -> None:
    note = "<div class=wi_authornotes_body><p class=chapter-title>x</p> thanks</div>"
    assert shown(read(page(f"{note}<div id=chp_raw><p>story</p></div>"))) == [
        "note-before:",
        "  p x",
        "  p thanks",
        "p story",
    ]


def test_a_note_beside_a_body_that_is_divided_is_kept() -> None:
    post = "<article class=message><div class=message-body><div class=bbWrapper>story</div></div></article>"
    assert shown(read(page(f"{post}<fieldset class=dice_container>dice</fieldset>"))) == ["p story", "box:", "  p dice"]


def test_code_inside_ruby_is_no_text() -> None:
    parsed = read(page(f"{prose()}<p><ruby><style>body{{}}</style>次<rt>つぎ</rt></ruby></p>"))
    assert shown(parsed) == ["prose(2)", "p 次(つぎ)"]


def test_a_dropped_title_with_a_raised_letter_is_found_in_the_page() -> None:
    assert read(page(f"<h1>The 1<sup>st</sup></h1>{prose()}")).book.metadata.title == "The 1st"


def test_a_break_of_letters_under_a_contents_heading_stays_with_it() -> None:
    body = f"<h2>Contents</h2><p>xXx</p><h2>Chapter 1</h2>{prose()}<h2>Chapter 2</h2>{prose()}"
    # An editor would leave out both: nothing is listed.
    assert shown(read(page(body))) == ["# [chapter] Contents", "break xXx", *TWO_CHAPTERS]


def test_words_that_a_hidden_part_joins_are_not_lost() -> None:
    hidden = "<span style='display:none'><b>lamp</b></span>"
    body = f"<p>lamp<span>{hidden}<span>Chapter 3</p><p>lamp</p><aside>lamp</aside>"
    assert shown(read(page(body))) == ["p lampChapter 3", "p lamp"]


def test_what_every_page_is_asked_climbs_to_no_root() -> None:
    """28 kB of unclosed italics took seconds: a mark of one site was compared by a general library, for each element."""
    asked = [mark for site in known_sites() for mark in site.detect]
    assert asked
    assert not [mark for mark in asked for selector in selectors(mark) if not selector.compounds]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("one&#xD88888888 two", "one two"),  # all its digits are the reference's
        ("one&#99999999999999999999;two", "onetwo"),
        ("one\x0btwo", "one two"),  # a line's end of some word processors
        ("one\x01two", "onetwo"),
    ],
)
def test_characters_that_no_page_may_have(markup: str, words: str) -> None:
    assert shown(read(page(f"<p>{markup}</p>"))) == [f"p {words}"]


def test_words_before_everything_are_not_on_the_line_of_a_later_body() -> None:
    made = "\n" * 25 + "<title>The Salt Road</title><body>" + prose()
    parsed = read(b"The Salt Road" + made.encode())
    assert [(o.rule, o.text, o.origin.line) for o in parsed.omissions] == [
        ("the page's head", "The Salt Road", 1),
        ("duplicate title", "The Salt Road", 1),
    ]
    assert shown(parsed) == ["prose(2)"]


CHAPTERS = "<h2>Chapter 1</h2>" + prose() + "<h2>Chapter 2</h2>" + prose()
TWO_CHAPTERS = ["# [chapter 1] Chapter 1", "prose(2)", "# [chapter 2] Chapter 2", "prose(2)"]


@pytest.mark.parametrize(
    "line", ["<p>by Maud Ferrier</p>", "<center>By Maud Ferrier</center>", "<p><em>Written by Maud Ferrier</em>"]
)
@pytest.mark.parametrize("story", [CHAPTERS, prose()])
def test_a_line_under_the_title_that_names_the_author(line: str, story: str) -> None:
    made = read(f"<title>The Long Ledger</title><body><h1>The Long Ledger</h1>{line}{story}".encode())
    assert made.book.metadata.authors == ("Maud Ferrier",)
    assert shown(made) == (TWO_CHAPTERS if story is CHAPTERS else ["prose(2)"])


def test_a_sentence_under_the_title_names_nobody() -> None:
    made = read(f"<title>The Ledger</title><body><h1>The Ledger</h1><p>By the time it rained</p>{prose()}".encode())
    assert shown(made) == ["p By the time it rained", "prose(2)"]


def test_a_picture_with_other_sources_is_kept() -> None:
    body = "<picture><source srcset='x.webp 2x'><img src='gone.png' alt='divider'></picture><p>After the tide.</p>"
    assert shown(read(page(f"<p>Before.</p>{body}"))) == ["p Before.", "break", "p After the tide."]


@pytest.mark.parametrize("title", ["Untitled Document", "New Page 1", "index"])
def test_an_editor_s_own_title_is_none(title: str) -> None:
    made = read(f"<title>{title}</title><body><h1>The Last Tram</h1>{prose()}".encode()).book
    assert made.metadata.title == "The Last Tram"


def test_a_dash_before_the_author_is_no_part_of_the_title() -> None:
    made = read(
        f"<title>The Bicycle Ghost - by D. Marchetti</title><body><h1>The Bicycle Ghost</h1>{prose()}".encode()
    ).book
    assert (made.metadata.title, made.metadata.authors) == ("The Bicycle Ghost", ("D. Marchetti",))


def test_a_page_that_waits_for_its_script_is_refused() -> None:
    with pytest.raises(NotAStory, match="scripts"):
        read(b"<title>Ledger</title><div id=root>Loading...</div><script src='/main.js'></script>")


def test_a_preface_of_the_story_s_own_kind_is_kept() -> None:
    rows = "".join(f"<p>　第{k}の波が来て、鐘が鳴り、船乗りが帽子を脱いだ。</p>" for k in range(1, 26))
    made = read(
        "<html lang=ja><title>灯台</title><header><a href=x>ホーム</a><a href=y>ログイン</a></header><h1>第三話</h1><div>"
        "<div class='text text--preface'><p>前書きです。</p></div>"
        f"<div class=text>{rows}</div><div class='text text--afterword'><p>ありがとう。</p></div></div>"
        "<footer><a href=z>利用規約</a></footer>".encode()
    )
    assert shown(made) == [
        "# [chapter 3] 第三話",
        "p 前書きです。",
        *[f"p 第{k}の波が来て、鐘が鳴り、船乗りが帽子を脱いだ。" for k in range(1, 26)],
        "p ありがとう。",
    ]


def test_a_line_that_is_the_known_author_s_name_is_no_story() -> None:
    line = "<p class=author>Maud Ferrier</p>"
    made = read(f"<title>The Long Ledger</title><body><h1>The Long Ledger</h1>{line}{CHAPTERS}".encode())
    assert made.book.metadata.authors == ("Maud Ferrier",)
    assert shown(made) == TWO_CHAPTERS


def test_what_an_editor_says_in_the_margin_is_left_out() -> None:
    sheet = "<style>.c1{color:#000} .lst-kix_a{} .title{font-size:26pt}</style>"
    said = "<div><p><a href='#cmnt_ref1' id=cmnt1>[a]</a>Jun, can you check this line?</p></div>"
    body = f"<p class=c1>She rang<sup><a href='#cmnt1' id=cmnt_ref1>[a]</a></sup> twice.</p>{prose()}{said}"
    parsed = read(f"<html><head><title>Bell</title>{sheet}</head><body class=c2>{body}</body></html>".encode())
    assert shown(parsed) == ["p She rang twice.", "prose(2)"]
    assert [(o.rule, o.text) for o in parsed.omissions] == [
        ("the page's head", "Bell"),
        ("page furniture", "[a]"),
        ("page furniture", "[a]Jun, can you check this line?"),
    ]


def test_chapters_in_the_words_of_another_language_need_no_tag() -> None:
    row = "<dd>&nbsp;&nbsp;За окном шёл снег, и часы на подоконнике показывали ночь, но никто не смотрел на них.\n"
    head = "<title>Часы</title><div><a href=x>Регистрация</a> <a href=y>Рейтинги</a></div>"
    made = read(f"{head}<h4>Глава 1. Снег</h4>{row * 9}<h4>Глава 2. Лёд</h4>{row * 9}".encode())
    assert shown(made) == [
        "# [chapter 1] Глава 1. / Снег",
        *["p За окном шёл снег, и часы на подоконнике показывали ночь, но никто не смотрел на них."] * 9,
        "# [chapter 2] Глава 2. / Лёд",
        *["p За окном шёл снег, и часы на подоконнике показывали ночь, но никто не смотрел на них."] * 9,
    ]


def test_a_break_s_mark_with_letters_in_a_footnote_is_its_text() -> None:
    parsed = read('<p>The lamp.<sup><a href="#n1">[1]</a></sup></p><ol><li id="n1">oOo</li></ol>')
    assert shown(parsed) == ["p The lamp.[^1 p oOo]"]


def test_preformatted_text_in_a_footnote_is_text() -> None:
    parsed = read('<p>The lamp.<sup><a href="#n1">[1]</a></sup></p><ol><li id="n1"><pre>one  two</pre></li></ol>')
    assert shown(parsed) == ["p The lamp.[^1 pre |one  two]"]


def test_a_heading_that_holds_the_whole_story_is_no_title() -> None:
    assert shown(read("<div id=chp_raw><div class=chapter-title>The whole story")) == ["p The whole story"]


def test_brackets_around_a_way_back_go_with_it() -> None:
    parsed = read(
        '<p>The post.<a id="r1" href="#n1"><sup>1</sup></a> It came.</p><p id="n1">From Stockholm. [<a href="#r1">back</a>]</p>'
    )
    assert shown(parsed) == ["p The post.[^1 p From Stockholm.] It came."]


def test_quotation_marks_of_ours_in_a_line_lose_no_word() -> None:
    parsed = read(page(f"{prose(4)}<p>Last updated June 1<q></q>0, 2001</p>"))
    assert shown(parsed) == ["prose(4)", "p Last updated June 1“”0, 2001"]


def test_a_body_inside_what_nobody_sees_is_seen() -> None:
    parsed = read(
        '<noscript><h</noscript>d<body>eInkittsFrtheSecondul<e id="story-text-container">'
        '<h2 class="chapter-head-title">TheGreenLamp1</h2>divchaptevillage'
    )
    assert shown(parsed) == ["# [chapter] TheGreenLamp1", "p divchaptevillage"]


@pytest.mark.parametrize("name", ["code", "tt", "kbd", "samp"])
def test_what_is_typed_into_a_machine_is_code(name: str) -> None:
    assert shown(read(page(f"<p>Type <{name}>ls</{name}> now.</p>{prose()}"))) == ["p Type [code ls] now.", "prose(2)"]


@pytest.mark.parametrize(("space", "kept"), [("&nbsp;", ""), ("&#x2003;", ""), ("&nbsp;.", " ."), ("&#x3000;", "")])
def test_a_heading_that_ends_in_white_space_of_any_kind(space: str, kept: str) -> None:
    parsed = read(page(f"<h2>CHAPTER I{space}</h2>{prose()}<h2>CHAPTER II{space}</h2>{prose()}"))
    assert shown(parsed) == [
        f"# [chapter 1] CHAPTER I{kept}",
        "prose(2)",
        f"# [chapter 2] CHAPTER II{kept}",
        "prose(2)",
    ]


def test_a_line_that_ends_in_a_hard_space_is_read_as_a_heading() -> None:
    assert read_form("CHAPTER I\u00a0", lexicon("en")) == read_form("CHAPTER I", lexicon("en"))


@pytest.mark.parametrize("letter", ["ı", "İ", "ſ", "\u212a"])
def test_only_ascii_letters_begin_a_tag(letter: str) -> None:
    parsed = read(page(f"<p>He typed <{letter}b> and stopped.</p>{prose()}"))
    assert shown(parsed)[0] == f"p He typed <{letter}b> and stopped."
    prove_parsed(parsed)


def test_a_break_in_a_contents_list_is_left_out_with_it() -> None:
    contents = "<h2>CONTENTS</h2><blockquote><p>Boats and Ropes</p><p>oOo</p><p>The Long Lamp</p></blockquote>"
    parsed = read(f"{contents}<h2>Boats and Ropes</h2>{prose()}<h2>The Long Lamp</h2>{prose()}")
    assert [(o.rule, o.text) for o in parsed.omissions] == [
        ("contents list", "CONTENTS"),
        ("contents list", "Boats and Ropes\noOo\nThe Long Lamp"),
    ]
    prove_parsed(parsed)


@pytest.mark.parametrize("name", ["p\u00a0='", 'p"', "p'x", "p=1"])
def test_a_tag_whose_name_holds_signs_swallows_nothing(name: str) -> None:
    parsed = read(page(f"<p>one <{name}>two</p>{prose()}"))
    assert shown(parsed) == ["p one two", "prose(2)"]
    prove_parsed(parsed)


def test_what_nobody_sees_is_no_title_of_a_spoiler() -> None:
    parsed = read(page(f"<div class=sp-wrap><option><sp-head>a</sp-head></option><p>told</p></div>{prose()}"))
    assert [(o.rule, o.text) for o in parsed.omissions] == [("control", "a")]
    prove_parsed(parsed)


def test_a_button_in_the_name_of_a_note_is_left_out_once() -> None:
    note = "<div class=author-note-portlet><div class=caption><div>A note <button>more</button></div></div>hi</div>"
    parsed = read(page(f"RoyalRoad{note}<div class=chapter-inner>{prose()}</div>"))
    assert [(o.rule, o.text) for o in parsed.omissions] == [("outside the story", "RoyalRoad"), ("button", "more")]
    assert shown(parsed)[:2] == ["note-before: A note", "  p hi"]
    prove_parsed(parsed)


def test_a_chapter_whose_title_begins_with_by_names_nobody() -> None:
    parsed = read(f"<h1>Harbour Tales</h1><h2>By the Sea</h2>{prose()}<h2>By Night</h2>{prose()}")
    assert parsed.book.metadata.authors == ()
    assert parsed.book.metadata.title == "Harbour Tales"
    assert shown(parsed) == ["h1 By the Sea", "prose(2)", "h1 By Night", "prose(2)"]


def test_a_contents_list_on_which_a_note_hangs_stays() -> None:
    parsed = read("<h1>x<h2>Contents</h2><p>A lamp<a href=#work_endnotes>m<h6>a l>lamp<div id=work_endnotes>o")
    assert "contents list" not in {o.rule for o in parsed.omissions}
    prove_parsed(parsed)


@pytest.mark.parametrize(
    "head",
    ["<b>The Lamp</b>\n\nby ada_thorn\n\n", "<p>The Lamp</p><p>by ada_thorn</p>", "<b>The Lamp</b><br>by ada_thorn"],
)
def test_a_bare_title_and_byline_above_a_story_that_nothing_else_names(head: str) -> None:
    parsed = read(f"{head}<center>Chapter 1</center>{prose()}<center>Chapter 2</center>{prose()}")
    assert (parsed.book.metadata.title, parsed.book.metadata.authors) == ("The Lamp", ("ada_thorn",))
    assert shown(parsed) == ["# [chapter 1] Chapter 1", "prose(2)", "# [chapter 2] Chapter 2", "prose(2)"]


def test_numbers_alone_that_count_through_the_story_head_its_chapters() -> None:
    told = "".join(f"<p>{n}</p>{prose()}" for n in (1, 2, 3))
    assert shown(read(page(told))) == [line for n in (1, 2, 3) for line in (f"# [chapter {n}] {n}", "prose(2)")]
    assert shown(read(page(f"{prose()}<p>7</p>{prose()}<p>9</p>{prose()}<p>12</p>{prose()}"))) == [
        *("prose(2)", "p 7", "prose(2)", "p 9", "prose(2)", "p 12", "prose(2)"),
    ]


def test_a_chapter_s_name_inside_the_story_that_is_called_like_furniture_is_its_heading() -> None:
    told = page(
        f"<h3 class=byline><a href=x>Sluicegate</a></h3>{prose()}", "<title>The Lamp - Chapter 2 - Sluicegate</title>"
    )
    parsed = read(told)
    assert shown(parsed) == ["# [chapter] Sluicegate", "prose(2)"]
    below = told.replace(b"<body>", b"<body><p>It was late.</p>")
    assert shown(read(below)) == ["p It was late.", "prose(2)"]
