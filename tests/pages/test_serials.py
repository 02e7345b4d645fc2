"""A chapter of a serial says what its work is called, what the chapter, and who wrote it; in the words of its data, of
its titles, of the trail that leads to it."""

from __future__ import annotations

import json

import pytest

from tests.pages.making import left_out, page, prose, read, shown

MENU = "<nav><ul><li><a href=/browse>Browse</a></li><li><a href=/login>Login</a></li></ul></nav>"
FOOT = "<footer><a href=/privacy>Privacy</a> <a href=/terms>Terms</a></footer>"
LAMP = "The Lamp on the Island"


def chapter(title: str, above: str, text: str = "", *, head: str = "", after: str = "") -> bytes:
    body = f"{MENU}<div class=wrap>{above}<div class=text>{text or prose(4)}</div></div>{after}{FOOT}"
    return page(body, f"<title>{title}</title>{head}")


@pytest.mark.parametrize(
    "title",
    [
        f"{LAMP} - Chapter 12: The Hat | Harbour of Tales",
        f"Chapter 12: The Hat | {LAMP} | Harbour of Tales",
        f"Chapter 12: The Hat - {LAMP} - Harbour of Tales",
        f"{LAMP} :: Chapter 12: The Hat",
    ],
)
def test_novel_and_chapter_are_divided_in_either_order(title: str) -> None:
    parsed = read(chapter(title, f"<a href=/n/1>{LAMP}</a><br><span class=c>Chapter 12: The Hat</span>"))
    assert parsed.book.metadata.title == LAMP
    assert parsed.book.metadata.found_in("title") == "page, names"
    assert shown(parsed) == ["# [chapter 12] Chapter 12 / The Hat", "prose(4)"]


def test_a_heading_that_names_both_is_the_chapters() -> None:
    parsed = read(chapter(f"{LAMP} - Chapter 12: The Hat", f"<h1>{LAMP} - Chapter 12: The Hat</h1>"))
    assert parsed.book.metadata.title == LAMP
    assert shown(parsed) == ["# [chapter 12] Chapter 12 / The Hat", "prose(4)"]
    assert ("duplicate title", LAMP) in left_out(parsed)


def test_a_chapter_without_a_word_for_it_is_known_by_the_titles() -> None:
    title = f"3. A Dry Coat - {LAMP} - Harbour of Tales"
    inside = f"<h3>3. A Dry Coat</h3>{prose(4)}"
    for made in (
        chapter(title, f"<h1>{LAMP}</h1>", inside),
        chapter(title, f"<h1>{LAMP}</h1><p class=caption>3. A Dry Coat</p>"),
        chapter(title, f"<h1>{LAMP}</h1><p class=widget-title>3. A Dry Coat</p>"),
    ):
        parsed = read(made)
        assert parsed.book.metadata.title == LAMP
        assert shown(parsed) == ["# [chapter 3] 3. / A Dry Coat", "prose(4)"]


def test_the_heading_has_the_number_of_the_title() -> None:
    parsed = read(chapter(f"{LAMP} - Chapter 2 - drama", f"<h1>{LAMP}</h1><h2>Two: The Bell</h2>"))
    assert parsed.book.metadata.title == LAMP
    assert shown(parsed) == ["# [chapter 2] Two / The Bell", "prose(4)"]


def test_the_trail_names_the_work_and_a_heading_completes_it() -> None:
    trail = "<div class=crumbs><a href=/n/1>The Lamp on the...</a> <a href='/n/1#v'>Volume 3</a> <a href='#c'>Chapter 5</a></div>"
    parsed = read(chapter("Lampions | Chapter 5", f"{trail}<h1>Chapter 5</h1>", after=f"<h3>{LAMP}</h3><p>About.</p>"))
    assert parsed.book.metadata.title == LAMP


def test_the_page_of_the_contents_names_a_work_in_initials() -> None:
    link = "<a href=https://tales.example/n/11#list>Table of Contents</a>"
    menu = f"<div><ul><li><a href=https://tales.example/n/11>{LAMP}</a></li><li><a href=/n/12>Other</a></li></ul></div>"
    head = "<link rel=canonical href=https://tales.example/99/lamp-chapter-1>"
    parsed = read(chapter("TLI - Chapter 1 - The Ox", f"{menu}<h1>TLI - Chapter 1 - The Ox</h1>{link}", head=head))
    assert parsed.book.metadata.title == LAMP


def test_a_title_in_two_scripts_is_that_of_the_text() -> None:
    both = "The Lamp | 灯"
    parsed = read(
        chapter(f"Chapter 1 – The Ox - {both} english - Tales", f"<a href=/n/1>{both}</a><h2>Chapter 1 – The Ox</h2>")
    )
    assert parsed.book.metadata.title == "The Lamp"
    assert ("Title in another script", "灯") in parsed.book.metadata.extra


def test_a_novels_own_data() -> None:
    head = (
        f"<meta property=og:title content='Tales: the twelfth'><meta property=og:novel:novel_name content='{LAMP}'>"
        "<meta property=og:novel:author content='Tam_Okafor'><meta property=og:novel:status content=Ongoing>"
        "<meta property=og:novel:chapter_name content='The Hat'>"
    )
    parsed = read(chapter("Tales: the twelfth", "<h1>Tales</h1><p class=name>The Hat</p>", head=head))
    metadata = parsed.book.metadata
    assert (metadata.title, metadata.authors, metadata.status) == (LAMP, ("Tam_Okafor",), "Ongoing")
    assert shown(parsed) == ["# [chapter] The Hat", "prose(4)"]


def test_a_chapter_in_json_ld_is_part_of_its_book() -> None:
    whole = {"@type": "Book", "name": LAMP, "author": {"@type": "Person", "name": "Tam Okafor"}}
    data = json.dumps({"@context": "https://schema.org", "@type": "Chapter", "name": "The Hat", "isPartOf": whole})
    parsed = read(
        chapter("The Hat — Quillbox", "<h2>The Hat</h2>", head=f"<script type=application/ld+json>{data}</script>")
    )
    assert (parsed.book.metadata.title, parsed.book.metadata.authors) == (LAMP, ("Tam Okafor",))
    assert shown(parsed) == ["# [chapter] The Hat", "prose(4)"]


def test_a_book_in_microdata() -> None:
    book = (
        f"<div itemscope itemtype=http://schema.org/Book><h1 itemprop=name>{LAMP}</h1><div itemprop=author itemscope "
        "itemtype=http://schema.org/Person>by <span itemprop=name>Tam Okafor</span></div><div itemprop=hasPart itemscope "
        f"itemtype=http://schema.org/Chapter><h2 itemprop=name>The Hat</h2>{prose(4)}</div></div>"
    )
    parsed = read(page(f"{MENU}{book}{FOOT}", "<title>Quillbox</title>"))
    assert (parsed.book.metadata.title, parsed.book.metadata.authors) == (LAMP, ("Tam Okafor",))
    assert shown(parsed) == ["# [chapter] The Hat", "prose(4)"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("<div class=auth>by <a href=/u/1>Lampmoth</a></div>", "Lampmoth"),
        ("<div class=auteur>Par <a href=/u/1>Orée Blanc</a></div>", "Orée Blanc"),
        ("<p>von <a href=/u/1>Lampmoth</a></p>", "Lampmoth"),
        ("<b>By:</b> <a href=/u/1>Lampmoth</a> <b>Genre:</b> <a href=/g/1>Drama</a>", "Lampmoth"),
        ("<p id=head-author>Tam Okafor</p>", "Tam Okafor"),
    ],
)
def test_who_stands_between_the_title_and_the_text_wrote_it(line: str, name: str) -> None:
    parsed = read(chapter(f"{LAMP} - Chapter 2 | Tales", f"<h1>{LAMP}</h1>{line}<h2>Chapter 2</h2>"))
    assert parsed.book.metadata.authors == (name,)


@pytest.mark.parametrize(
    ("element", "address"),
    [
        ("<a rel=author href=/p>View my complete profile</a>", ""),
        ("<a rel=author href=/p>Afficher mon profil complet</a>", ""),
        ("<span class=author>Tales.example</span>", "<link rel=canonical href=https://tales.example/1>"),
    ],
)
def test_a_site_and_a_link_to_a_profile_are_no_authors(element: str, address: str) -> None:
    parsed = read(page(f"{MENU}<h1>The Hat</h1><div>{prose(4)}</div><div class=side>{element}</div>{FOOT}", address))
    assert parsed.book.metadata.authors == ()


def test_the_storys_own_byline_stands_above_a_handle() -> None:
    title_page = f"<div align=center><b>{LAMP} Chapter 1</b></div><div align=center>By Tam Okafor</div>"
    above = "<b>By:</b> <a href=/u/1>tam_o_55</a>"
    parsed = read(
        chapter(
            f"{LAMP} - {LAMP} Chapter 1, Fan Fiction | Tales", f"<h1>Fan Fiction</h1>{above}", title_page + prose(4)
        )
    )
    assert (parsed.book.metadata.title, parsed.book.metadata.authors) == (LAMP, ("Tam Okafor",))
    assert shown(parsed) == ["# [chapter 1] Chapter 1", "prose(4)"]
    assert [o for o in left_out(parsed) if o[0] == "title page"] == [
        ("title page", LAMP),
        ("title page", "By Tam Okafor"),
    ]


def test_a_byline_under_a_heading_that_names_both() -> None:
    parsed = read(page(f"<h1>Rose Part 2</h1><p>by Ada Thorn</p>{prose(4)}", "<title>Rose Part 2</title>"))
    assert (parsed.book.metadata.title, parsed.book.metadata.authors) == ("Rose", ("Ada Thorn",))
    assert shown(parsed) == ["# [part 2] Part 2", "prose(4)"]
    assert left_out(parsed) == [("byline", "by Ada Thorn"), ("duplicate title", "Rose")]


def test_what_stands_in_brackets_behind_the_title_is_the_sites() -> None:
    body = f"<p><a href=../i.html>Small Tales</a> &gt; <a href=i.html>Today</a></p><p>The Greedy Ox<br></p>{prose(4)}{FOOT}"
    parsed = read(page(body, "<title>The Greedy Ox　＜Small Tales　Today＞</title>"))
    assert parsed.book.metadata.title == "The Greedy Ox"


def test_a_title_by_somebody_in_another_language() -> None:
    body = f"{MENU}<h4>Die Fährfrau</h4><div>{prose(4)}</div>{FOOT}"
    parsed = read(page(body, "<title>Die Fährfrau von Lampmoth - Schreibstube</title>"))
    assert (parsed.book.metadata.title, parsed.book.metadata.authors) == ("Die Fährfrau", ("Lampmoth",))


def test_a_description_that_only_begins_the_text_is_none() -> None:
    opening = "The lamp was lit every evening at the same hour, and nobody on the island"
    for description in (opening, f"{LAMP} - Chapter 2: {opening} could say"):
        head = f"<meta name=description content='{description}'>"
        assert read(page(f"<h1>Two</h1>{prose(4)}", head)).book.metadata.description == ""
    told = read(page(f"<h1>Two</h1>{prose(4)}", "<meta name=description content='A lamp, and who lights it.'>"))
    assert told.book.metadata.description == "A lamp, and who lights it."


def test_filler_text_of_a_dialog_is_not_the_story() -> None:
    filler = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore. " * 6
    dialog = f"<div id=prefs><h3>Reader preferences</h3><p>{filler}</p><p>{filler}</p></div>"
    parsed = read(page(f"{MENU}{dialog}<div class=wrap><h1>Chapter 5</h1><div class=t>{prose(1)}</div></div>{FOOT}"))
    assert shown(parsed) == ["# [chapter 5] Chapter 5", "prose(1)"]
    assert ("filler text", f"Reader preferences\n{filler.strip()}\n{filler.strip()}") in left_out(parsed)
    quoted = read(page(f"{prose(2)}<p>{filler}</p>{prose(1)}"))
    assert shown(quoted) == ["prose(2)", f"p {filler.strip()}", "prose(1)"]


def test_a_heading_is_the_title_of_the_chapter_that_the_tab_names() -> None:
    made = chapter("La Passeuse, chapitre 2 : Le bac, une histoire de ponts", "<h1>Le bac</h1>").replace(
        b"'en'", b"'fr'"
    )
    parsed = read(made)
    assert parsed.book.metadata.title == "La Passeuse"
    assert shown(parsed) == ["# [chapter] Le bac", "prose(4)"]


def test_a_caption_that_is_given_twice_is_told_once() -> None:
    figure = "<figure><img src=x.png><figcaption>A lamp at night</figcaption></figure>"
    parsed = read(page(f"{prose(1)}{figure}<p class=cap>A lamp at night.</p>{prose(1)}<p>A lamp at night.</p>"))
    assert shown(parsed) == ["prose(1)", "p (center) A lamp at night", "prose(1)", "p A lamp at night."]
    assert left_out(parsed) == [("repeated caption", "A lamp at night.")]


def test_a_sites_name_in_a_heading_is_not_the_title() -> None:
    site = "<meta property=og:site_name content='Lampmoth writes'>"
    parsed = read(
        page(f"<h1>Lampmoth writes</h1><h1>The Hat</h1>{prose(4)}", f"<title>The Hat | Lampmoth writes</title>{site}")
    )
    assert parsed.book.metadata.title == "The Hat"


def test_addresses_are_no_genres() -> None:
    data = {"@type": "Book", "name": LAMP, "genre": ["Drama", "https://tales.example/genre/sea"]}
    parsed = read(
        chapter("Tales", f"<h1>{LAMP}</h1>", head=f"<script type=application/ld+json>{json.dumps(data)}</script>")
    )
    assert parsed.book.metadata.genres == ("Drama",)


def test_a_link_behind_other_words_is_nobody() -> None:
    menu = "<div>Browse by Topics <a href=/c>Compliance</a></div>"
    assert (
        read(chapter(f"{LAMP} - Chapter 2 | Tales", f"<h1>{LAMP}</h1>{menu}<h2>Chapter 2</h2>")).book.metadata.authors
        == ()
    )


SITE = (
    "<header><h1 class=site-title><a href=/ rel=home>The Glass Orchard</a></h1><h2>A serial about pears</h2></header>"
)
ON = "<p><a href=/1-2/>Previous Chapter</a> | <a href=/toc/>Contents</a> | <a href=/1-4/>Next Chapter</a></p>"


@pytest.mark.parametrize("name", ["Chapter 3: The Hat", "1.3 The Hat", "Frost 1.3"])
def test_a_serial_with_a_site_of_its_own_is_called_like_the_site(name: str) -> None:
    head = f"<meta property=og:title content='{name}'>"
    parsed = read(chapter(f"{name} – The Glass Orchard", f"{SITE}<h1>{name}</h1>{ON}", head=head))
    assert parsed.book.metadata.title == "The Glass Orchard"
    named = [line.partition("] ")[2].replace(" / ", ": " if ":" in name else " ") for line in shown(parsed)]
    assert (named[0], shown(parsed)[1:]) == (name, ["prose(4)"])


def test_a_story_that_counts_and_leads_to_no_chapter_is_none() -> None:
    head = "<meta property=og:title content='The Hats of 1840'>"
    parsed = read(chapter("The Hats of 1840 – The Glass Orchard", f"{SITE}<h1>The Hats of 1840</h1>", head=head))
    assert parsed.book.metadata.title == "The Hats of 1840"


def test_a_title_and_a_linked_name_in_one_line() -> None:
    line = "<div><b>The Hat</b> by <a href=/u/1>lampmoth</a><div>rated: K, words: 2k+</div></div>"
    parsed = read(chapter("The Hat Chapter 2, a sea fiction | Tales", line))
    assert (parsed.book.metadata.title, parsed.book.metadata.authors) == ("The Hat", ("lampmoth",))


def test_who_wrote_about_a_story_did_not_write_it() -> None:
    said = "".join(f"<div><span class=author>moth{n}</span><p>More, please.</p></div>" for n in range(3))
    for name, wrote in (("<span class=author>Ada Thorn</span>", ("Ada Thorn",)), ("", ())):
        made = page(f"{MENU}<h1>The Hat</h1>{name}<div>{prose(4)}</div><div class=commentarea>{said}</div>{FOOT}")
        for body in (made, made.replace(b"<body>", b"<body class='comments-page'>")):
            assert read(body).book.metadata.authors == wrote
