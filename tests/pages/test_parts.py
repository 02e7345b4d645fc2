"""Parts of one text that look like posts, and posts that are no part of the text."""

from __future__ import annotations

from tests.pages.making import PROSE, left_out, page, prose, read, shown

MENU = "<div class='top'><a href='/'>Home</a> <a href='/all'>All stories</a> <a href='/about'>About us</a></div>"


def test_what_stands_before_and_between_the_parts_of_a_text_belongs_to_it() -> None:
    parts = "".join(f"<div class='block'><h3>The {name}</h3>{prose(3)}</div>" for name in ("Lamp", "Tide", "Post"))
    opening = "<p>Three things were seen from the island that winter, and each is told here by itself.</p>"
    assert shown(read(page(f"{MENU}<div class='text'>{opening}{parts}</div>"))) == [
        "p Three things were seen from the island that winter, and each is told here by itself.",
        "h1 The Lamp",
        "prose(3)",
        "h1 The Tide",
        "prose(3)",
        "h1 The Post",
        "prose(3)",
    ]


def test_long_teasers_beside_a_text_are_no_posts() -> None:
    told = "<p>The council met about the harbour again, and again nobody could be found who would pay.</p>"
    teasers = "".join(f"<div class='item'><h3><a href='/{n}'>Number {n}</a></h3>{told * 10}</div>" for n in range(3))
    body = f"{MENU}<div class='left'><div class='story'>{prose(7)}</div></div><div class='right'>{teasers}</div>"
    parsed = read(page(body))
    assert shown(parsed) == ["prose(7)"]
    assert [rule for rule, words in left_out(parsed) if "Number 1" in words] == ["outside the story"]


def test_posts_that_are_signed_stay_posts() -> None:
    posts = "".join(
        f"<div class='post'><b class='author'>Bram</b>{prose(3)}<p>So it went on for {days} days.</p></div>"
        for days in ("two", "three", "four")
    )
    parsed = read(page(f"{MENU}<div class='thread'><p>Board rules are kept by Ada.</p>{posts}</div>"))
    assert shown(parsed) == [
        "prose(3)",
        "p So it went on for two days.",
        "break",
        "prose(3)",
        "p So it went on for three days.",
        "break",
        "prose(3)",
        "p So it went on for four days.",
    ]
    assert left_out(parsed) == [
        ("outside the story", "Home All stories About us"),
        ("outside the story", "Board rules are kept by Ada."),
        *[("page furniture", "Bram")] * 3,
    ]


def test_a_piece_of_a_text_inside_another_frame_belongs_to_it() -> None:
    first = f"<div><div class='text text-1'>{prose(4)}</div></div>"
    frame = f"<div><p>Picture: A. Thorn</p><div><div class='text text-2'>{prose(1)}</div></div></div>"
    assert shown(read(page(f"{MENU}<div><h1>The Lamp</h1>{first}{frame}</div>"))) == ["prose(5)"]
    other = frame.replace("<p>Picture", "<h1>The Tide</h1><p>Picture")
    assert shown(read(page(f"{MENU}<div><h1>The Lamp</h1>{first}{other}</div>"))) == ["prose(4)"]


def test_what_stands_around_a_list_that_a_sentence_introduces_belongs_to_it() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>{line}</td><td>{line}</td></tr>" for n, line in enumerate(PROSE * 4))
    table = f"<table><tr><th>Night</th><th>Told</th><th>Again</th></tr>{rows}</table>"
    body = f"{MENU}<div class='text'><h1>Lamps</h1><p>These are the nights of the lamp.</p>{table}<h2>After</h2><p>No more.</p></div>"
    lines = shown(read(page(body)))
    assert lines == [
        "p These are the nights of the lamp.",
        "table",
        "  Night | Told | Again",
        *(f"  {n} | {line} | {line}" for n, line in enumerate(PROSE * 4)),
        "h1 After",
        "p No more.",
    ]


def test_a_list_whose_items_tell_something_beside_their_links_is_no_menu() -> None:
    item = "<li>Bram, they say, has lit <a href='/l/{0}'>the lamp of the eastern pier</a>, and <a href='/p/{0}'>put it out</a></li>"
    items = "".join(item.format(n) for n in range(3))
    told = ["-", "  p Bram, they say, has lit the lamp of the eastern pier, and put it out"] * 3
    body = f"{MENU}<div class='entry'>{prose(4)}<ul class='news'>{items}</ul>{prose(1)}</div>"
    assert shown(read(page(body))) == ["prose(4)", *told, "prose(1)"]
