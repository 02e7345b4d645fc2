"""Every text of a page that is no part of the story is told: its words, its rule, and the letters before it."""

from __future__ import annotations

import pytest

from tests.pages.making import page, prose, read, shown

HERE = "<p>It was late.</p>"
LETTERS = 9  # before what follows


@pytest.mark.parametrize(
    ("left", "told", "rule"),
    [
        ("<p hidden>kept away</p>", "kept away", "hidden"),
        ("<p style='display:none'>kept <b>away</b></p>", "kept away", "hidden"),
        ("<div aria-hidden=true style='visibility:hidden'><p>kept</p><p>away</p></div>", "kept\naway", "hidden"),
        ("<select><option>One<option selected>Two</select>", "One\nTwo", "control"),
        ("<textarea>Dear <b>Ada</b> &amp; all</textarea>", "Dear Ada & all", "control"),
        ("<button>Press <i>me</i></button>", "Press me", "button"),
        ("<datalist><option>One</datalist>", "One", "control"),
        ("<noscript><p>Turn it on.</p></noscript>", "Turn it on.", "not shown by a browser"),
        ("<template><p>A form.</p></template>", "A form.", "not shown by a browser"),
        ("<iframe>No <b>frames</b> &amp; no view</iframe>", "No frames & no view", "not shown by a browser"),
        ("<noframes>No <b>frames</b></noframes>", "No frames", "not shown by a browser"),
        ("<svg><text>Far <tspan>north</tspan></text></svg>", "Far north", "words in a drawing"),
        ("<object><p>No player.</p></object>", "No player.", "not shown by a browser"),
        ("<canvas>No canvas.</canvas>", "No canvas.", "not shown by a browser"),
        ("<video>No video.</video>", "No video.", "not shown by a browser"),
        ("<nav><a href=x>Home</a> <a href=y>Up</a></nav>", "Home Up", "navigation"),
    ],
)
def test_what_is_left_out_is_told_with_its_rule_and_place(left: str, told: str, rule: str) -> None:
    parsed = read(page(HERE + left + prose()))
    found = [o for o in parsed.omissions if o.letters == LETTERS]
    assert " ".join(" ".join(o.text for o in found).split()) == " ".join(told.split())
    assert [o.rule for o in found] == [rule]
    assert shown(parsed) == ["p It was late.", "prose(2)"]


def test_the_title_is_told_as_the_pages_head() -> None:
    parsed = read(page(HERE + prose(), head="<title>The <i>Salt</i> Road &amp; more</title>"))
    assert [(o.rule, o.text, o.letters) for o in parsed.omissions] == [("the page's head", "The Salt Road & more", 0)]


def test_hidden_text_that_is_kept_is_in_the_book() -> None:
    kept = read(page(f"{HERE}<p hidden>kept away</p>{prose()}"), hidden="keep")
    assert shown(kept) == ["p It was late.", "p kept away", "prose(2)"]
