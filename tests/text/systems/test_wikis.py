"""Texts out of the edit window of a wiki, and out of forums: links, templates, quotations, lists."""

from __future__ import annotations

import pytest

from tests.pages.making import shown
from tests.text.systems import read

A_WIKI = """{{Infobox story
| title = The Lamp
| author = Ann Bell
| words = 3000
}}
'''The Lamp''' was lit every evening, and nobody on the [[Island (place)|island]] could say by whom.<ref>The widow ''knew''.</ref>

== Chapter One ==
[[File:lamp.jpg|thumb|A lamp]]
Old Brandt thought it was the '''widow'''; the widow thought it was the {{w|tide}}.<!-- fix this -->

<poem>
The tide goes out,
''the tide'' comes in.
</poem>

* oil
* wicks
* a crate of lemons

=== The crate ===

When the post boat came it brought two [[letter]]s and a [http://lemons.example crate of lemons].

<blockquote>Come home. The lamp is out.</blockquote>

----

She read them standing, with her back to the stove, and '''''then''''' she read them again.

== Chapter Two ==

: She stood there.
"I don't know," said Ann. 'Who does?'<br/>"Not I."

== Notes ==
<references/>

{{DEFAULTSORT:Lamp, The}}
[[Category:Stories]]
"""

ANOTHER_WIKI = """=The Lamp=
by ''Ann Bell''

==Chapter 1: ''Oil''==
The lamp was lit. ''Nobody'' knew.

''A whole paragraph in italics.''

L'''amour''' is d'or. ''He's'' here.
==Chapter 2==
{{quote|Come home.|Brandt}}
The {{tooltip|widow|a woman}} thought so{{citation needed}}.

<center>***</center>

She went.
"""

POSTED = """[center][b]The Lamp[/b][/center]
[center]by Ann Bell[/center]

[size=3]The lamp was lit every evening, and nobody could say by whom.[/size]

[quote=Old Brandt]It was the widow.[/quote]

[spoiler=who did it]It was the widow all along.[/spoiler]

[hr]

[img]http://x.example/a.jpg[/img]
She read [url=http://x.example]the letter[/url] again. [spoiler]Nothing.[/spoiler]

[list]
[*]oil
[*]wicks
[/list]
He said //nothing// at all. And ||why|| should he?
"""

CASES = [
    pytest.param(
        A_WIKI,
        ("The Lamp", ["Ann Bell"]),
        [
            "# [front]",
            "p **The Lamp** was lit every evening, and nobody on the island could say by whom.[^† p The widow _knew_.]",
            "# [chapter 1] Chapter One",
            "p Old Brandt thought it was the **widow**; the widow thought it was the tide.",
            "stanza:",
            "  The tide goes out,",
            "  _the tide_ comes in.",
            "-",
            "  p oil",
            "-",
            "  p wicks",
            "-",
            "  p a crate of lemons",
            "h1 The crate",
            "p When the post boat came it brought two letters and a crate of lemons.",
            "quote:",
            "  p Come home. The lamp is out.",
            "break ----",
            "p She read them standing, with her back to the stove, and **_then_** she read them again.",
            "# [chapter 2] Chapter Two",
            "p She stood there.",
            "stanza:",
            "  \"I don't know,\" said Ann. 'Who does?'",
            '  "Not I."',
        ],
        id="a wiki",
    ),
    pytest.param(
        ANOTHER_WIKI,
        ("The Lamp", ["Ann Bell"]),
        [
            "# [chapter 1] Chapter 1 / _Oil_",
            "p The lamp was lit. _Nobody_ knew.",
            "p _A whole paragraph in italics._",
            "p L**amour** is d'or. _He's_ here.",
            "# [chapter 2] Chapter 2",
            "quote:",
            "  p Come home.",
            "  p Brandt",
            "p The widow thought so.",
            "break ***",
            "p She went.",
        ],
        id="another wiki",
    ),
    pytest.param(
        POSTED,
        ("", ["Ann Bell"]),
        [
            "p **The Lamp**",
            "p The lamp was lit every evening, and nobody could say by whom.",
            "quote:",
            "  p It was the widow.",
            "p It was the widow all along.",
            "break [hr]",
            "p She read the letter again. Nothing.",
            "p • oil",
            "p • wicks",
            "p He said //nothing// at all. And why should he?",
        ],
        id="posted",
    ),
]


@pytest.mark.parametrize(("text", "named", "wanted"), CASES)
def test_the_story_is_read(text: str, named: tuple[str, list[str]], wanted: list[str]) -> None:
    parsed = read(text)
    metadata = parsed.book.metadata
    assert (metadata.title, [p.name for p in metadata.people]) == named
    assert shown(parsed) == wanted
