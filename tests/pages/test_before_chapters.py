"""What stands before the first chapter, and between a chapter's heading and its text: a dedication and an epigraph,
counters of a site, the title once more, an author's remark, ways to other pages."""

from __future__ import annotations

import pytest

import converter
from converter.recognisers.metadata.fields import without_site_tags
from tests.pages.making import PROSE, left_out, page, prose, read, shown
from tests.pages.test_authors_below import in_markdown, in_text

STORY = "\n\n".join(PROSE)
CHAPTERS = f"CHAPTER I\n\n{STORY}\n\nCHAPTER II\n\n{STORY}\n"
THREAD = "<title>The Salt Barge (Original) | Low Tide Forums</title>"


def posts(first: str) -> bytes:
    def post(name: str, body: str) -> str:
        mark = f"<div class=message-cell--threadmark-header><span class=threadmarkLabel>{name}</span></div>"
        return (
            f"<article class='message hasThreadmark' data-author=wadingbird>{mark}"
            f"<div class=message-body><div class=bbWrapper>{body}</div></div></article>"
        )

    top = "<h1 class=p-title-value>The Salt Barge (Original)</h1>"
    return page(f"{top}{post('1.1 – Casting Off', first + prose())}{post('1.2 – Fog', prose())}", THREAD)


@pytest.mark.parametrize(
    ("dedication", "lines"),
    [
        ("     To my aunt,\n     who mended the net", ["To my aunt,", "who mended the net"]),
        ("For my brothers,\n  both of them", ["For my brothers,", "> both of them"]),
    ],
)
def test_indented_lines_before_a_book_are_its_dedication_and_its_epigraph(dedication: str, lines: list[str]) -> None:
    motto = '"Who ties the knot unties it."\n          -- old saying of the pier'
    parsed = in_text(f"THE NET\n\nby Ada Thorn\n\n\n\n{dedication}\n\n\n\n{motto}\n\n\n\n{CHAPTERS}")
    assert shown(parsed)[:8] == [
        "# [front]",
        "dedication:",
        "  stanza:",
        *(f"    {line}" for line in lines),
        "# [front]",
        "epigraph:",
        '  p "Who ties the knot unties it."',
    ]
    assert shown(parsed)[8] == "  p -- old saying of the pier"


LEAVES = [
    ("*For my aunt, who mended the net.*", "<p><i>For my aunt, who mended the net.</i></p>", ["dedication"]),
    ("> For my aunt, who mended the net.", "<blockquote>For my aunt, who mended the net.</blockquote>", ["dedication"]),
    (
        "> *To those who mend.*\n\n> Who ties the knot unties it.\n> — Odile Marsh",
        "<blockquote><i>To those who mend.</i></blockquote>"
        "<blockquote>Who ties the knot unties it.<br>— Odile Marsh</blockquote>",
        ["dedication", "epigraph"],
    ),
    (
        "*For my aunt.*\n\n---\n\n> Who ties the knot unties it.\n>\n> — Odile Marsh",
        "<p><em>For my aunt.</em></p><hr>"
        "<blockquote><p>Who ties the knot unties it.</p><p>— Odile Marsh</p></blockquote>",
        ["dedication", "epigraph"],
    ),
    (
        "*Who ties the knot unties it.*\n\n— Odile Marsh",
        "<p><em>Who ties the knot unties it.</em></p><p>— Odile Marsh</p>",
        ["epigraph"],
    ),
    (
        "“Who ties the knot unties it.”  \n— Odile Marsh",
        "<p align=center>“Who ties the knot unties it.”<br>— Odile Marsh</p>",
        ["epigraph"],
    ),
    (
        "> The net is wide,  \n> the sea is more.",
        "<blockquote>The net is wide,<br>the sea is more.</blockquote>",
        ["epigraph"],
    ),
    (
        "> Who ties the knot unties it.\n>\n> — Odile Marsh\n\n> Nobody owns the tide.\n>\n> — Tom Reed",
        "<blockquote><p>Who ties the knot unties it.</p><p>— Odile Marsh</p></blockquote>"
        "<blockquote><p>Nobody owns the tide.</p><p>— Tom Reed</p></blockquote>",
        ["epigraph", "epigraph"],
    ),
    (
        "> Thank you for reading my first story! Please leave a review.",
        "<blockquote>Thank you for reading my first story! Please leave a review.</blockquote>",
        ["quote"],
    ),
]


@pytest.mark.parametrize(("typed", "tagged", "kinds"), LEAVES)
def test_dedications_and_epigraphs_are_known_alike_in_markdown_and_on_pages(
    typed: str, tagged: str, kinds: list[str]
) -> None:
    told = "".join(f"<h2>{name}</h2>{prose()}" for name in ("Chapter 1", "Chapter 2"))
    files = [
        in_markdown(f"# The Net\n\nby Ada Thorn\n\n{typed}\n\n## Chapter 1\n\n{STORY}\n\n## Chapter 2\n\n{STORY}\n"),
        read(page(f"<h1>The Net</h1><p>by Ada Thorn</p>{tagged}{told}")),
    ]
    for parsed in files:
        front = [c for c in parsed.book.chapters if c.kind == "front"]
        assert [getattr(block, "kind", block) for c in front for block in c.blocks] == kinds
        assert len(front) == len(set(kinds))


def test_a_poem_of_several_stanzas_before_a_book_stays_one() -> None:
    poem = "    The net is wide,\n    the sea is more,\n\n    and who can say\n    what they are for"
    parsed = in_text(f"THE NET\n\nby Ada Thorn\n\n\n\n{poem}\n\n\n\n{CHAPTERS}")
    assert len(parsed.book.chapters[0].blocks) == 1


def test_what_a_site_counts_below_a_title_is_no_page_of_the_book() -> None:
    counts = "18.2K Reads\n944 Votes\n2 Parts"
    parsed = in_text(f"The Net\nby wadingbird\n\n{counts}\n\n{CHAPTERS}")
    metadata = parsed.book.metadata
    assert (metadata.chapters, metadata.extra) == ("2", (("Reads", "18.2K"), ("Votes", "944")))
    assert shown(parsed)[0] == "# [chapter 1] CHAPTER I"
    assert [text for rule, text in left_out(parsed) if rule == "head of the file"][2:] == counts.split("\n")


def test_a_count_that_the_story_tells_stays() -> None:
    parsed = in_text(f"The Net\nby wadingbird\n\n944 votes were cast.\n\n{STORY}\n")
    assert shown(parsed) == ["p 944 votes were cast.", "prose(1)"]


def test_what_an_author_says_above_a_chapters_heading_is_a_note() -> None:
    first = "<b>The Salt <i>Barge</i></b><br><br>This would not let go of me. Also on my blog.<br><br><b>1.1 – Casting Off</b><br><br>"
    parsed = read(posts(first))
    assert shown(parsed)[:4] == [
        "# [chapter 1] 1.1 / Casting Off",
        "note-before:",
        "  p This would not let go of me. Also on my blog.",
        "prose(2)",
    ]
    assert [o for o in left_out(parsed) if o[0] == "duplicate title"] == [
        ("duplicate title", "The Salt Barge"),
        ("duplicate title", "1.1 – Casting Off"),
    ]


def test_what_stands_above_no_heading_is_the_story() -> None:
    parsed = read(posts("This would not let go of me.<br><br>"))
    assert shown(parsed)[:3] == ["# [chapter 1] 1.1 / Casting Off", "p This would not let go of me.", "prose(2)"]


def test_a_forum_is_called_as_it_calls_itself() -> None:
    assert read(posts("")).book.metadata.publisher == "Low Tide Forums"


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("[OC] The Salt Barge", "The Salt Barge"),
        ("The Salt Barge (Original)", "The Salt Barge"),
        ("The Salt Barge ✔️", "The Salt Barge"),
        ("✅ [WP] The Salt Barge [Original]", "The Salt Barge"),
        ("The Original (A Barge)", "The Original (A Barge)"),
        ("The Salt Barge (An Original)", "The Salt Barge (An Original)"),
        ("[OC]", "[OC]"),
    ],
)
def test_what_sites_add_to_a_title_is_no_part_of_it(title: str, bare: str) -> None:
    assert without_site_tags(title) == bare


def test_a_title_that_a_person_gives_stays_as_it_is(tmp_path) -> None:  # type: ignore[no-untyped-def]
    story = tmp_path / "story.md"
    story.write_text(f"# [OC] The Salt Barge\n\n{STORY}\n")
    assert converter.read(story).metadata.title == "The Salt Barge"
    assert converter.read(story, title="[OC] The Salt Barge").metadata.title == "[OC] The Salt Barge"


@pytest.mark.parametrize(
    "row",
    [
        "[First](https://island.example/1) | [Prev](https://island.example/2) | [Next](https://island.example/4)",
        "First | Prev | Next",
        "**[Prev](https://island.example/2)** | [Index](https://island.example/) | [Next](https://island.example/4)",
    ],
)
def test_ways_to_other_pages_are_no_lines_of_a_markdown_story(row: str) -> None:
    parsed = in_markdown(f"# The Salt Barge\n\n{row}\n\n{STORY}\n\n{row}\n")
    assert shown(parsed) == ["prose(1)"]
    assert sum(rule == "navigation" for rule, _ in left_out(parsed)) in (2, 6)


@pytest.mark.parametrize("line", ["The next morning she rowed.", "Next", "What came next?", "Home"])
def test_a_line_that_may_be_the_storys_stays(line: str) -> None:
    assert shown(in_markdown(f"# The Salt Barge\n\n{STORY}\n\n{line}\n")) == ["prose(1)", f"p {line}"]


@pytest.mark.parametrize("byline", ["", "by wadingbird"])
def test_what_a_site_counts_is_a_fact_on_pages_and_in_markdown_too(byline: str) -> None:
    counts = ["18.2K Reads", "944 Votes", "2 Parts"]
    markup = "".join(f"<p>{line}</p>" for line in (byline, *counts) if line)
    files = [
        read(page(f"<h1>The Net</h1>{markup}{prose()}")),
        in_markdown("\n\n".join(filter(None, ("# The Net", byline, *counts, *PROSE)))),
    ]
    for parsed in files:
        assert (parsed.book.metadata.chapters, parsed.book.metadata.authors) == ("2", ("wadingbird",) * bool(byline))
        assert ("Votes", "944") in parsed.book.metadata.extra
        assert [line for line in shown(parsed) if not line.startswith("prose")] == []


def test_one_count_below_a_title_may_be_the_storys() -> None:
    assert "p 944 votes" in shown(read(page(f"<h1>The Net</h1><p>944 votes</p>{prose()}")))


def thread(*bodies: str) -> bytes:
    """A thread of a board, all posts by one person."""
    told = "".join(
        f"<div id=p{n} class='post has-profile'><dl class=postprofile><dt><a class=username>wadingbird</a></dt></dl>"
        f"<div class=postbody><h3>Re: The Salt Barge</h3><p class=author>by <strong><a class=username>wadingbird</a>"
        f"</strong> » Sun Feb 11, 2018 9:14 pm</p><div class=content>{body}</div></div></div>"
        for n, body in enumerate(bodies, 1)
    )
    head = "<title>The Salt Barge - Low Tide</title>"
    body = f"<div id=wrap><div id=page-body><h2 class=topic-title>The Salt Barge</h2>{told}</div></div>"
    return page(f"{body}<p>Powered by phpBB</p>", head).replace(b"<body>", b"<body id=phpbb>")


TOLD = "<br><br>".join(PROSE * 2)


@pytest.mark.parametrize(
    ("above", "note"),
    [
        ("<i>A/N: thanks, Mopsy!</i><br><br>", ["_A/N: thanks, Mopsy!_"]),
        ("Thank you for all your comments!<br><br>Enjoy!<br><br>", ["Thank you for all your comments!", "Enjoy!"]),
    ],
)
def test_what_an_author_says_above_a_heading_in_a_post_stands_below_it(above: str, note: list[str]) -> None:
    parsed = read(thread(f"<b>Chapter One</b><br><br>{TOLD}", f"{above}<b>Chapter Two</b><br><br>{TOLD}"))
    assert shown(parsed) == [
        "# [chapter 1] Chapter One",
        "prose(2)",
        "# [chapter 2] Chapter Two",
        "note-before:",
        *(f"  p {line}" for line in note),
        "prose(2)",
    ]


def test_the_end_of_a_chapter_in_the_next_post_is_no_note() -> None:
    rest = "The letter lay on the table. She wrote: thank you for your comments."
    parsed = read(
        thread(f"<b>Chapter One</b><br><br>{TOLD}", f"{PROSE[0]}<br><br>{rest}<br><br><b>Chapter Two</b><br><br>{TOLD}")
    )
    assert [line for line in shown(parsed) if "note" in line or "#" in line] == [
        "# [chapter 1] Chapter One",
        "# [chapter]",
        "# [chapter 2] Chapter Two",
    ]


def test_bare_numbers_head_the_posts_in_which_they_count() -> None:
    remark = "Thanks for the reviews, you lot!<br><br>"
    parsed = read(thread(f"<b>1.</b><br><br>{TOLD}", f"{remark}<b>2.</b><br><br>{TOLD}"))
    assert shown(parsed) == [
        "# [chapter 1] 1.",
        "prose(2)",
        "# [chapter 2] 2.",
        "note-before:",
        "  p Thanks for the reviews, you lot!",
        "prose(2)",
    ]
    apart = read(thread(f"<b>1.</b><br><br>{TOLD}", f"<b>7.</b><br><br>{TOLD}"))
    assert [line for line in shown(apart) if line[0] == "#"] == ["# [chapter]", "# [chapter]"]
