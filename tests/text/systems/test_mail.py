"""Archives of mail and news: heads, encodings, parts, signatures and quoted lines."""

from __future__ import annotations

import pytest

from tests.pages.making import shown
from tests.text.systems import read

A_MESSAGE = """Path: news.example!not-for-mail
From: ann@island.example (Ann Bell)
Newsgroups: rec.arts.prose
Subject: NEW: The Lamp (1/1)
Date: 4 Mar 1998 10:11:12 GMT
Organization: The Island
Lines: 20

TITLE: The Lamp
AUTHOR: Ann Bell
RATING: PG
SUMMARY: Somebody lights a lamp.

The lamp was lit every evening at the same hour, and nobody on the
island could say by whom. Old Brandt thought it was the widow; the
widow thought it was the tide.

When the post boat came it brought two letters and a crate of lemons,
which was one letter more than usual.

THE END

--\x20
Ann Bell
"light"
"""

IN_PARTS_OF_MIME = """Return-Path: <jo@x.example>
Received: from a by b; Tue, 4 Mar 2003 10:11:12 +0000
From: =?utf-8?Q?Jos=C3=A9_Marsh?= <jo@x.example>
To: stories@lists.example
Subject: [stories] Fwd: La =?utf-8?Q?l=C3=A1mpara?=
Date: Tue, 4 Mar 2003 10:11:12 +0000
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="xx=1"

This is a message in MIME format.

--xx=1
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

> The l=C3=A1mpara was lit every evening, and nobody could say by whom but the wi=
dow.
>
> She read them standing =E2=80=94 with her back to the stove.
>
> Old Brandt thought it was the tide.
>
> They were wrong.

--xx=1
Content-Type: text/html; charset="utf-8"

<p>The lampara</p>

--xx=1--
"""

THREE_MESSAGES = """From: Ann Bell <ann@x.example>
To: list@x.example
Date: Tue, 4 Mar 2003 10:11:12 +0000
Message-ID: <1@x>
Subject: The Lamp

The lamp was lit every evening at the same hour, and nobody on the island could say by whom.

From: Ann Bell <ann@x.example>
To: list@x.example
Date: Wed, 5 Mar 2003 10:11:12 +0000
Message-ID: <2@x>
Subject: The Tide

Old Brandt thought it was the widow; the widow thought it was the tide, and neither said so.

From: Jo Marsh <jo@x.example>
To: list@x.example
Date: Thu, 6 Mar 2003 10:11:12 +0000
Message-ID: <3@x>
Subject: Re: The Tide

> Old Brandt thought it was the widow;

I thought so, too. Lovely story, and I hope that there will be more of it.
"""

TWO_PARTS = """From - Tue Mar 18 22:41:07 1997
X-Mozilla-Status: 0001
Date: Tue, 18 Mar 1997 22:41:07 -0800
From: "Ann Bell" <ann@x.example>
To: Multiple recipients of list <fic@x.example>
Subject: (part 2 of 3) The Lamp by Ann Bell

The Lamp, part 2 of 3

Chapter 2: The Tide

The lamp was lit every evening at the same hour, and nobody on the
island could say by whom. Old Brandt thought it was the widow.

--\x20
ann
From - Wed Mar 19 22:41:07 1997
Date: Wed, 19 Mar 1997 22:41:07 -0800
From: "Ann Bell" <ann@x.example>
Subject: (part 3 of 3) The Lamp by Ann Bell

Chapter 3: The Quay

The widow thought it was the tide, and neither of them said so to the other until
the post boat came.
>From that day on nobody asked.
"""

QUOTED_PRINTABLE = """The lamp was lit every evening, and nobody on the island could say by whom =
but the widow, who was na=EFve.

Old Brandt thought it was the widow; the widow thought it was the tide, an=
d they went to the caf=E9.

"Is it =AByours=BB?" she asked, and he said that it was not, not any lon=
ger, and shut the door.
"""

CASES = [
    pytest.param(
        A_MESSAGE,
        ("The Lamp", ["Ann Bell"]),
        [
            "p The lamp was lit every evening at the same hour, and nobody on the island could say by whom. Old Brandt thought it was the widow; the widow thought it was the tide.",
            "p When the post boat came it brought two letters and a crate of lemons, which was one letter more than usual.",
            "p (center) THE END",
        ],
        id="a message",
    ),
    pytest.param(
        IN_PARTS_OF_MIME,
        ("La lámpara", ["José Marsh"]),
        [
            "p The lámpara was lit every evening, and nobody could say by whom but the widow.",
            "p She read them standing — with her back to the stove.",
            "p Old Brandt thought it was the tide.",
            "p They were wrong.",
        ],
        id="in parts of mime",
    ),
    pytest.param(
        THREE_MESSAGES,
        ("", ["Ann Bell"]),
        [
            "# [chapter] The Lamp",
            "p The lamp was lit every evening at the same hour, and nobody on the island could say by whom.",
            "# [chapter] The Tide",
            "p Old Brandt thought it was the widow; the widow thought it was the tide, and neither said so.",
            "# [chapter] Re: The Tide",
            "quote:",
            "  p Old Brandt thought it was the widow;",
            "p I thought so, too. Lovely story, and I hope that there will be more of it.",
        ],
        id="three messages",
    ),
    pytest.param(
        TWO_PARTS,
        ("The Lamp", ["Ann Bell"]),
        [
            "# [chapter 2] Chapter 2 / The Tide",
            "p The lamp was lit every evening at the same hour, and nobody on the island could say by whom. Old Brandt thought it was the widow.",
            "# [chapter 3] Chapter 3 / The Quay",
            "stanza:",
            "  The widow thought it was the tide, and neither of them said so to the other until",
            "  the post boat came.",
            "  From that day on nobody asked.",
        ],
        id="two parts",
    ),
    pytest.param(
        QUOTED_PRINTABLE,
        ("", []),
        [
            "p The lamp was lit every evening, and nobody on the island could say by whom but the widow, who was naïve.",
            "p Old Brandt thought it was the widow; the widow thought it was the tide, and they went to the café.",
            'p "Is it «yours»?" she asked, and he said that it was not, not any longer, and shut the door.',
        ],
        id="quoted printable",
    ),
]


@pytest.mark.parametrize(("text", "named", "wanted"), CASES)
def test_the_story_is_read(text: str, named: tuple[str, list[str]], wanted: list[str]) -> None:
    parsed = read(text)
    metadata = parsed.book.metadata
    assert (metadata.title, [p.name for p in metadata.people]) == named
    assert shown(parsed) == wanted


STORY = (
    "The lamp was lit every evening at the same hour, and nobody on the island could say by whom.\n\n"
    "Old Brandt thought it was the widow; the widow thought it was the tide, and the tide was never asked."
)
HEAD = "From: Ann Bell <ann@island.example>\nTo: lamps@groups.example\nSent: Sunday, April 7, 2002 6:03 PM\nSubject: {0}\n\n"
FOOTER = (
    "------------------------ Yahoo! Groups Sponsor ---------------------~-->\nBuy a lamp.\n\n"
    "To unsubscribe from this group, send an email to:\nlamps-unsubscribe@groups.example"
)


def test_the_head_of_a_mail_program_for_people_and_a_lists_footer() -> None:
    head = HEAD.format('[lamps] FIC: "The Lamp" 1/1 (PG) original')
    parsed = read(f"{head}Hello all, be kind.\n\nThe Lamp\nby Ann Bell\n\n{STORY}\n\n-- \nAnn\n\n{FOOTER}\n")
    assert (parsed.book.metadata.title, parsed.book.metadata.authors) == ("The Lamp", ("Ann Bell",))
    assert shown(parsed) == ["p Hello all, be kind.", *(f"p {p}" for p in STORY.split("\n\n"))]


def test_the_title_over_the_senders_byline_says_more_than_a_subject() -> None:
    head = "---------- Forwarded message ---------\n" + HEAD.format("Fwd: FIC: my new one").replace("Sent", "Date")
    parsed = read(f"{head}The Tin Lamp\n\nby Ann Bell\n\n{STORY}\n")
    assert parsed.book.metadata.title == "The Tin Lamp"
    assert shown(parsed) == [f"p {p}" for p in STORY.split("\n\n")]


def test_letters_in_a_story_are_the_storys() -> None:
    parsed = read(f"{HEAD.format('your cat')}{STORY}\n\n{HEAD.format('RE: your cat')}{STORY}\n")
    assert "your cat" in " ".join(shown(parsed))


def test_what_parts_say_of_each_other_is_left_out() -> None:
    one, other = (HEAD.format(f"FIC: The Lamp ({k}/2)") for k in (1, 2))
    parsed = read(f"{one}{STORY}\n\nEnd of part 1\n\n{other}(headers in part 1)\n\n{STORY}\n")
    told = [f"p {p}" for p in STORY.split("\n\n")]
    assert shown(parsed) == [*told, "break * * *", *told]
