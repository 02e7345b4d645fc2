"""The tables of sites: all are sound, a person's own comes first, mistakes are told in one line."""

from __future__ import annotations

import re
from difflib import ndiff
from pathlib import Path

import pytest

from converter.document.contracts import Source
from converter.document.errors import NotAStory, SettingError
from converter.parsers.html import html_parser, read_site, site_names
from converter.parsers.html.sites.hooks import HOOKS
from converter.parsers.html.sites.tables import known_sites
from converter.proof import prove_parsed
from tests.pages.making import page, prose, read, shown

DOCS = Path(__file__).parents[2] / "docs" / "sites.md"


def test_every_known_table_is_sound_and_named() -> None:
    assert len(site_names()) == len({key for key, _ in site_names()}) >= 19
    for site in known_sites():
        assert not site.hook or site.hook in HOOKS


def test_the_example_of_the_docs_reads_its_page() -> None:
    example = re.search(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)
    assert example
    own = read_site("harbour", example[1])
    body = (
        "<div class=story-head><h1>Eels</h1><p class=by>by <a href=/u/1>Ada Thorn</a></p><p class=tags>sea, slow</p>"
        "<time datetime=2020-02-02>then</time><p class=of>Part 1 of 3</p></div><h2 class=chapter-name>Chapter 1: Mud</h2>"
        f"<div id=story-body>{prose()}<p class=share-row>Share!</p></div><div class=writers-note><h4>After</h4><p>Thanks.</p></div>"
    )
    parsed = html_parser(sites=(own,))(Source("page.html", page(body), ".html"))
    metadata = parsed.book.metadata
    assert (metadata.title, metadata.authors, metadata.tags, metadata.published) == (
        "Eels",
        ("Ada Thorn",),
        ("sea", "slow"),
        "2020-02-02",
    )
    assert shown(parsed) == ["# [chapter 1] Chapter 1 / Mud", "prose(2)", "note-after: After", "  p Thanks."]
    assert [d.code for d in parsed.findings] == ["story-part"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "no TOML"),
        ("detect = ['p']\n[chapters]\nbody = 'p'\n[colours]\n", "colours"),
        ("detect = ['p[']\n[chapters]\nbody = 'p'\n", "selector"),
        ("detect = ['p']\nsays = '('\n[chapters]\nbody = 'p'\n", "regular expression"),
        ("[chapters]\nbody = 'p'\n", "detect"),
        ("detect = ['p']\n", "chapters.body"),
        ("detect = ['p']\n[chapters]\nbody = 'p'\n[fields]\ncolour = 'p'\n", "colour"),
        ("detect = 3\n[chapters]\nbody = 'p'\n", "list of texts"),
    ],
)
def test_a_mistake_is_told_in_one_line(text: str, told: str) -> None:
    with pytest.raises(SettingError, match=re.escape(told)) as error:
        read_site("mine", text, "mine.toml")
    assert "\n" not in str(error.value)


def test_a_table_that_finds_nothing_leaves_the_page_to_be_located() -> None:
    own = read_site("mine", "detect = ['h1']\n[chapters]\nbody = '#gone'\n")
    parsed = html_parser(sites=(own,))(Source("page.html", page(f"<h1>Eels</h1>{prose()}"), ".html"))
    assert [d.message for d in parsed.findings] == [
        "the page looks like mine but the table 'mine' finds no text in it; read as an unknown page"
    ]
    assert shown(parsed) == ["prose(2)"]


@pytest.mark.parametrize(
    ("before", "added", "lines"),
    [
        ("The Ferry</h3>", "<blockquote>A motto alone.</blockquote>", ["+ note-before:", "+   p A motto alone."]),
        (
            "In which a boat leaves.</p></blockquote>",
            "<blockquote>A motto alone.</blockquote>",
            ["+ summary:", "+   p A motto alone."],
        ),
        ("Chapter Text</h3>", "<p>A motto alone.</p>", ["+ p A motto alone."]),
    ],
)
def test_a_quotation_in_the_head_of_a_chapter_is_told(before: str, added: str, lines: list[str]) -> None:
    case = Path("tests/pages/cases/ao3-work-chapters/page.html").read_text("utf-8")
    plain, parsed = shown(read(case)), shown(read(case.replace(before, before + added, 1)))
    assert [line for line in ndiff(plain, parsed) if line[0] in "+-"] == lines


def test_a_download_of_one_chapter_may_have_its_text_without_an_element_around_it() -> None:
    case = Path("tests/pages/cases/ao3-download-one-shot/page.html").read_text("utf-8")
    inner = re.search(r'<div class="userstuff">(<p>The weir.*?)</div>\n<!--', case, re.S)
    assert inner
    parsed = read(case.replace(inner[0], f"{inner[1]}\n<!--"))
    assert shown(parsed) == shown(read(case))
    assert "site-changed" not in [f.code for f in parsed.findings]


def test_pages_of_known_sites_that_hold_no_story() -> None:
    archive = "<div id=header><h1 class=heading><a href=/>Archive of Our Own</a></h1></div>"
    pages = {
        f"{archive}<div id=main class='readings-index region'><h2>History</h2>{prose()}</div>": "a list of works",
        f"{archive}<div id=main class='works-navigate region'><ol><li><a href=/c/1>1. Mud</a></ol></div>": "the work's chapters",
        f"<div id=content_wrapper_inner><ul id=mytab><li><a href=#st id=l_st>My Stories</a></ul>{prose(20)}</div>": "an author's own",
    }
    for body, said in pages.items():
        with pytest.raises(NotAStory, match=said):
            read(page(body))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<ul class=topiclist><li><a href=/t/1>The otter</a></li></ul>", "lists a forum's threads"),
        ("<div id=siteTable class=linklisting><div class=thing><a href=/1>The kettle</a></div></div>", "lists posts"),
    ],
)
def test_lists_of_threads_are_refused(body: str, why: str) -> None:
    listed = page(body).replace(b"<body>", b"<body class='section-viewforum listing-page'>")
    with pytest.raises(NotAStory, match=why):
        read(listed)


@pytest.mark.parametrize(
    "body",
    [
        "<div id=funbar-story><span class=info><h2 class=title>The Otter</h2></span></div><header><h1>1. Mud</h1></header>"
        "<p data-p-id=a>It counted well.</p>",
        "<div class=wi_breadcrumb><a href=/series/4/otter/>The Otter</a> Chapter 1</div><div class=chapter-title>1. Mud"
        "</div><div id=chp_raw><p>It counted well.</p></div>",
    ],
)
def test_the_work_stands_over_its_chapter(body: str) -> None:
    parsed = read(page(body, "<title>Mud - Otter</title>"))
    assert (parsed.book.metadata.title, shown(parsed)) == (
        "The Otter",
        ["# [chapter 1] 1. / Mud", "p It counted well."],
    )


WAYS = '<p><a href="/r/tales/1">[Prev]</a> <a href="/r/tales/3">[Next]</a></p>'


@pytest.mark.parametrize(
    ("ways", "left"),
    [
        (WAYS, []),
        ('<p><a href="/1">First</a> | <a href="/2">Previous</a> | <a href="/4">Next</a></p>', []),
        ('<p>&lt;&lt; <a href="/1">Previous chapter</a></p>', []),
        ('<p><a href="/r/tales/wiki">The crew and its ships</a></p>', ["p The crew and its ships"]),
        ("<p>Next</p>", ["p Next"]),
        ('<p>Next <a href="/4">she rang the bell</a>.</p>', ["p Next she rang the bell."]),
    ],
)
def test_links_of_an_author_to_the_posts_beside_this_one_are_no_story(ways: str, left: list[str]) -> None:
    post = f'<div class="usertext-body"><div class="md">{ways}{prose()}{ways}</div></div>'
    body = f'<div id="siteTable"><div class="thing"><a class="title">Fleet 2</a><div class="entry">{post}</div></div></div>'
    markup = f'<!DOCTYPE html><html><head><title>Fleet 2 : reddit</title></head><body class="comments-page">{body}</body></html>'
    parsed = html_parser()(Source("fleet.html", markup.encode(), ".html"))
    prove_parsed(parsed)
    assert [line for line in shown(parsed) if not line.startswith(("#", "prose"))] == left * 2
