"""Outlines of Org and texts in reStructuredText: headings, verse, notes and comments as they are meant."""

from __future__ import annotations

import pytest

from tests.pages.making import shown
from tests.text.systems import read

AN_OUTLINE = """#+TITLE: The Lamp
#+AUTHOR: Ann Bell
#+OPTIONS: toc:nil
#+STARTUP: overview

# remember to ask Brandt

* DONE The Quay                                            :draft:
:PROPERTIES:
:CUSTOM_ID: quay
:END:

The lamp was lit /every/ evening,
and nobody on the island could say by *whom*.[fn:1] He said and/or she did.

#+BEGIN_VERSE
The tide goes out,
  the /tide/ comes in.

And out again.
#+END_VERSE

-----

#+BEGIN_QUOTE
Come home. The lamp is out.
#+END_QUOTE

#+BEGIN_COMMENT
Cut this.
#+END_COMMENT

She read [[https://x.example][the letter]] again.

- oil
- wicks
- lemons

* The Tide

** Low

When the post boat came it brought two letters and a crate of lemons.

** High

She read them standing, with her back to the stove.

* Ideas :noexport:

Brandt dies?

** More

* Footnotes

[fn:1] The widow knew.
"""

A_SHORT_OUTLINE = r"""#+title: Die Lampe
#+author: Ann Bell
#+language: de

Die Lampe brannte jeden Abend, und niemand konnte sagen, wer sie /anzündete/.

* * *

Der Brandt dachte, es sei die Witwe.\\
Die Witwe nicht.

* Kapitel Eins
/Er ging./ Sie =blieb= da.

"Wer?" ~fragte~ sie, und/oder nicht: 3/4 der Leute.
"""

RESTRUCTURED = r"""========
The Lamp
========

:Author: Ann Bell
:Date: 2011-04-02
:Version: 3

.. This is a draft, and the
   second chapter is missing.

.. contents::

The Quay
========

The lamp was lit *every* evening,
and nobody on the island could say by **whom**. [#]_ It was ``dark``.

| The tide goes out,
|    the tide comes in,
  and in.
|
| And out again.

----

   Come home. The lamp is out.

   -- Ann

.. epigraph::

   All lamps are one.

.. [#] The widow knew.

The Tide
========

When the post boat came it brought `two letters`_ and a `crate <http://x.example>`_ of lemons.
She said :emphasis:`no` and meant it\ *!*

.. _two letters: http://y.example
"""

MORE_RESTRUCTURED = """The Lamp
========
A Story
-------

:Author: Ann Bell
:Copyright: 2011

Chapter One
***********

The lamp was lit every evening.

- oil
- wicks
- lemons

She said::

    come home
    come home soon

Part the second
***************

The widow [1]_ thought so.

.. [1] She had a *lamp*
   of her own.

.. image:: lamp.jpg
   :width: 300

End.
"""

CASES = [
    pytest.param(
        AN_OUTLINE,
        ("The Lamp", ["Ann Bell"]),
        [
            "# [chapter] The Quay",
            "p The lamp was lit _every_ evening, and nobody on the island could say by **whom**.[^1 p The widow knew.] He said and/or she did.",
            "stanza:",
            "  The tide goes out,",
            "  the _tide_ comes in.",
            "stanza:",
            "  And out again.",
            "break -----",
            "quote:",
            "  p Come home. The lamp is out.",
            "p She read the letter again.",
            "-",
            "  p oil",
            "-",
            "  p wicks",
            "-",
            "  p lemons",
            "# [chapter] The Tide",
            "h1 Low",
            "p When the post boat came it brought two letters and a crate of lemons.",
            "h1 High",
            "p She read them standing, with her back to the stove.",
        ],
        id="an outline",
    ),
    pytest.param(
        A_SHORT_OUTLINE,
        ("Die Lampe", ["Ann Bell"]),
        [
            "# [front]",
            "p Die Lampe brannte jeden Abend, und niemand konnte sagen, wer sie _anzündete_.",
            "break * * *",
            "stanza:",
            "  Der Brandt dachte, es sei die Witwe.",
            "  Die Witwe nicht.",
            "# [chapter 1] Kapitel Eins",
            "p _Er ging._ Sie blieb da.",
            'p "Wer?" fragte sie, und/oder nicht: 3/4 der Leute.',
        ],
        id="a short outline",
    ),
    pytest.param(
        RESTRUCTURED,
        ("The Lamp", ["Ann Bell"]),
        [
            "# [chapter] The Quay",
            "p The lamp was lit _every_ evening, and nobody on the island could say by **whom**.[^1 p The widow knew.] It was dark.",
            "stanza:",
            "  The tide goes out,",
            "  the tide comes in, and in.",
            "stanza:",
            "  And out again.",
            "break ----",
            "quote:",
            "  p Come home. The lamp is out.",
            "  p -- Ann",
            "  p All lamps are one.",
            "# [chapter] The Tide",
            "p When the post boat came it brought two letters and a crate of lemons. She said _no_ and meant it*!*",
        ],
        id="restructured",
    ),
    pytest.param(
        MORE_RESTRUCTURED,
        ("The Lamp", ["Ann Bell"]),
        [
            "# [chapter 1] Chapter One",
            "p The lamp was lit every evening.",
            "-",
            "  p oil",
            "-",
            "  p wicks",
            "-",
            "  p lemons",
            "p She said:",
            "quote:",
            "  p come home come home soon",
            "# [chapter 2] Part the second",
            "p The widow[^1 p She had a _lamp_ of her own.] thought so.",
            "p End.",
        ],
        id="more restructured",
    ),
]


@pytest.mark.parametrize(("text", "named", "wanted"), CASES)
def test_the_story_is_read(text: str, named: tuple[str, list[str]], wanted: list[str]) -> None:
    parsed = read(text)
    metadata = parsed.book.metadata
    assert (metadata.title, [p.name for p in metadata.people]) == named
    assert shown(parsed) == wanted
