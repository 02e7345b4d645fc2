"""Pages that stand in a story's place: they ask about cookies, tell about a person or about a work, list posts."""

from __future__ import annotations

import pytest

from converter.document.errors import NotAStory
from tests.pages.making import page, prose, read, shown

ASKED = (
    "<h1>Welcome to the Lantern</h1><p>We and our partners store cookies on your device.</p><button>Accept all</button>"
    "<p>With your consent we use personal data for personalised advertising.</p>",
    "<h1>Willkommen</h1><p>Mit Werbung und Tracking weiterlesen, oder werbefrei mit dem Abo.</p>"
    "<p>Wir und unsere Partner verarbeiten mit Ihrer Einwilligung personenbezogene Daten und setzen Cookies.</p>",
    "<h1>Bienvenue</h1><p>Avec votre consentement, nos partenaires et nous utilisons des cookies.</p>"
    "<p>Ils servent à afficher des publicités personnalisées.</p><p>Tout accepter</p>",
)


@pytest.mark.parametrize("body", ASKED)
def test_a_wall_of_cookies_is_refused(body: str) -> None:
    with pytest.raises(NotAStory, match="about cookies"):
        read(page(body))


def test_a_short_story_above_a_line_about_cookies_is_read() -> None:
    line = "<p>We and our partners set cookies with your consent, for personalised ads.</p>"
    assert shown(read(page(f"<h1>The Lamp</h1>{prose(2)}{line}")))[0] == "prose(2)"


PERSON = "<h1>Lampmoth</h1><h2>About</h2><p>I write about rivers. I work in a shop, and I answer every letter.</p>"
IS_PROFILE = (
    "<meta property=og:type content=profile>",
    '<script type="application/ld+json">{"@type": "ProfilePage", "name": "Lampmoth"}</script>',
)


@pytest.mark.parametrize("head", IS_PROFILE)
def test_what_is_about_a_person_is_refused(head: str) -> None:
    with pytest.raises(NotAStory, match="about a person"):
        read(page(PERSON, head))
    assert shown(read(page(f"<h1>The Lamp</h1>{prose(5)}", head)))[0] == "prose(5)"


def about(labels: list[str], text: str = "") -> bytes:
    facts = "".join(f"<h5>{label}</h5><p><a href=/t/{n}>Something</a></p>" for n, label in enumerate(labels))
    told = "<p>A key is found; the key finds a door, and behind the door somebody has been waiting.</p>"
    return page(f"<nav><a href=/>Home</a></nav><h1>The Lamp</h1>{facts}{told}{text}")


def test_headings_that_are_facts_tell_about_a_work() -> None:
    with pytest.raises(NotAStory, match="about a work"):
        read(about(["Genre", "Tags", "Status", "Author(s)", "Description"]))
    assert "prose(4)" in shown(read(about(["Genre", "Tags", "The Door"], prose(4))))


def test_a_row_of_posts_that_count_their_notes_is_a_list() -> None:
    posts = "".join(
        f"<article><a href=/u{n}>moth{n}</a><p>{said}</p><footer>{n}12 notes</footer></article>"
        for n, said in enumerate(
            ("the tide is late", "who has my oar", "a prompt: two moons", "ask me", "fog again"), 1
        )
    )
    with pytest.raises(NotAStory, match="list of threads"):
        read(page(f"<h1>#harbour</h1><main>{posts}</main>"))


def test_a_short_chapter_of_a_rated_book_is_a_story() -> None:
    data = '{"@type": "Book", "name": "The Lamp", "aggregateRating": {"ratingValue": "4.5"}, "numberOfPages": "320"}'
    head = f"<title>The Lamp</title><script type='application/ld+json'>{data}</script>"
    facts = "".join(f"<h3>{label}</h3><p>x</p>" for label in ("Author", "Genre", "Status", "Rating", "Summary"))
    for above in ("", facts):
        assert "prose(9)" in shown(read(page(f"<h1>The Lamp</h1>{above}<div>{prose(9)}</div>", head)))


GATE = "<p>You're about to view content for adults. You should confirm that you are at least 18 years of age.</p>"


def test_a_gate_asks_for_an_age() -> None:
    with pytest.raises(NotAStory, match="adult content"):
        read(page(f"<h1>Notice</h1>{GATE}<button>Yes</button><button>No</button>", "<title>Notice</title>"))
    assert "prose(9)" in shown(read(page(f"<h1>The Lamp</h1>{GATE}<div>{prose(9)}</div>", "<title>The Lamp</title>")))


def test_a_board_lists_threads() -> None:
    thread = "<div class='structItem structItem--thread'><a href=/t/{0}>The Lamp {0}</a> ada, Mar 3 <dd>Replies 12</dd></div>"
    rows = "".join(map(thread.format, range(2)))
    rules = f"<h1>Fiction</h1><div class=rules>{prose(2)}</div>"
    board = f"<html id='XF' data-template='forum_view'><title>Fiction</title><body>{rules}{rows}</body></html>"
    with pytest.raises(NotAStory, match="lists a forum's threads"):
        read(board)


def test_a_works_page_holds_a_list_of_its_chapters() -> None:
    listed = "<ol class=toc_ol><li><a href=/c/1>1</a></li><li><a href=/c/2>2</a></li></ol>"
    with pytest.raises(NotAStory, match="tells about a work"):
        read(page(f"<div class=fic_title>The Lamp</div><div class=wi_fic_desc>{prose(2)}</div>{listed}", ""))
