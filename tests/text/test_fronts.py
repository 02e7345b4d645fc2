"""What stands before a text: a title above its dedications and epigraphs, names with titles, houses with sons."""

from __future__ import annotations

import pytest

from converter.document.contracts import Source
from converter.parsers.markdown import parse_markdown
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from converter.recognisers.metadata.names import split_names
from tests.pages.making import shown

TALE = "The mill had stood empty for a year when the miller's cat came back with a key in its mouth and would not say."
TOLD = f"Chapter 1\n\n{TALE}\n\nChapter 2\n\n{TALE}\n"


def front(text: str):  # type: ignore[no-untyped-def]
    parsed = text_parser()(Source("wheel.txt", f"{text}\n\n{TOLD}".encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


def test_dedications_and_epigraphs_below_a_title() -> None:
    parsed = front(
        'The Slow Wheel\n\nFor Nan,\nwho ground it\n\nAnd for the cat, who did not\n\n"Flour remembers."\n'
        '-- saying of the lower valley\n\n"Mind the sluice."\n-- Ada Thorn, Letters to a Miller'
    )
    assert parsed.book.metadata.title == "The Slow Wheel"
    assert shown(parsed)[:12] == [
        "# [front]",
        "dedication:",
        "  stanza:",
        "    For Nan,",
        "    who ground it",
        "  p And for the cat, who did not",
        "# [front]",
        "epigraph:",
        '  p "Flour remembers."',
        "  p -- saying of the lower valley",
        "epigraph:",
        '  p "Mind the sluice."',
    ]


def test_a_sentence_below_the_first_line_makes_no_title_of_it() -> None:
    parsed = front("The Slow Wheel\n\nFor three days nobody had spoken of it, and then the cat came back with the key.")
    assert parsed.book.metadata.title == ""


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("BY THE REVEREND AMBROSE PELL", "The Reverend Ambrose Pell"),
        ("by Captain Ida Moss", "Captain Ida Moss"),
        ("מאת רות בן־עמי", "רות בן־עמי"),
    ],
)
def test_titles_and_joints_in_an_author_s_name(line: str, author: str) -> None:
    assert front(f"THE SLOW WHEEL\n\n{line}").book.metadata.authors == (author,)


def test_by_the_mill_names_nobody() -> None:
    assert front("THE SLOW WHEEL\n\nBY THE MILL").book.metadata.authors == ()


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Pell and Daughters", ["Pell and Daughters"]),
        ("Moss & Co.", ["Moss & Co."]),
        ("Ida von Roth und Lindau", ["Ida von Roth und Lindau"]),
        ("Ida von Roth und Ada Thorn", ["Ida von Roth", "Ada Thorn"]),
        ("Ida Moss and Ben Pell", ["Ida Moss", "Ben Pell"]),
        ("Ida Moss; Pell and Sons", ["Ida Moss", "Pell and Sons"]),
    ],
)
def test_one_name_with_an_and_in_it(value: str, names: list[str]) -> None:
    assert split_names(value) == names


@pytest.mark.parametrize("label", ["series-index", "series_index", "series index", "Series-Index"])
def test_the_number_in_a_series(label: str) -> None:
    text = f"---\ntitle: The Slow Wheel\nseries: The Valley\n{label}: 3\n---\n\n# One\n\n{TALE}\n"
    metadata = parse_markdown(Source("wheel.md", text.encode(), ".md")).book.metadata
    assert (metadata.series, metadata.series_index, metadata.extra) == ("The Valley", "3", ())


def test_the_leaves_of_a_book_before_its_first_chapter() -> None:
    parsed = front(
        "THE SLOW WHEEL\n\nby Ada Thorn\n\n\nAlso by Ada Thorn\n\nSalt and Silver\nNine Bells (with maps)\n\n\n"
        "Copyright © 2022 Ada Thorn\nAll rights reserved. This is a work of fiction. Any miller in it is invented.\n"
        "ISBN 978-0-00-000000-2\n\n\nFor Nan,\nwho ground it\n\n\n"
        '"Flour remembers."\n    —Proverb of the valley\n\n"Mind the sluice."\n    —Proverb of the hill'
    )
    assert shown(parsed)[:17] == [
        "# [front]",
        "p (center) Also by Ada Thorn",
        "p (center) Salt and Silver",
        "p (center) Nine Bells (with maps)",
        "# [front]",
        "dedication:",
        "  stanza:",
        "    For Nan,",
        "    who ground it",
        "# [front]",
        "epigraph:",
        '  p "Flour remembers."',
        "  p —Proverb of the valley",
        "epigraph:",
        '  p "Mind the sluice."',
        "  p —Proverb of the hill",
        "# [chapter 1] Chapter 1",
    ]
    metadata = parsed.book.metadata
    assert metadata.rights == (
        "Copyright © 2022 Ada Thorn. All rights reserved. This is a work of fiction. Any miller in it is invented."
    )
    assert metadata.extra == (("ISBN", "978-0-00-000000-2"),)


def test_an_epigraph_of_several_lines_above_its_source() -> None:
    parsed = front(
        "THE SLOW WHEEL\n\nby Ada Thorn\n\n\nFor my aunts, who ground it\n\n\n"
        '     "A wheel that turns for nobody\n      turns somewhere."\n            --old saying of the valley\n\n'
    )
    assert shown(parsed)[:9] == [
        "# [front]",
        "dedication:",
        "  p For my aunts, who ground it",
        "# [front]",
        "epigraph:",
        "  stanza:",
        '    "A wheel that turns for nobody',
        '    turns somewhere."',
        "  p --old saying of the valley",
    ]


def test_small_print_in_paragraphs_is_imprint_and_a_story_is_none() -> None:
    parsed = front(
        "THE SLOW WHEEL\n\nby Ada Thorn\n\nCopyright © 2022 by Ada Thorn\n\nAll rights reserved. No part of this book may be "
        "used without leave.\n\nThis is a work of fiction. Names, places and cats are invented or used as if they were.\n\n"
        "First published by Mill House, 2022\n\nFor Nan"
    )
    assert shown(parsed)[:3] == ["# [front]", "dedication:", "  p For Nan"]
    told = front(
        "THE SLOW WHEEL\n\nby Ada Thorn\n\nFirst published in the parish paper, it was read by nobody but the cat."
    )
    assert shown(told)[:2] == ["# [front]", "p First published in the parish paper, it was read by nobody but the cat."]


def test_people_who_talk_before_the_first_heading_tell_the_story() -> None:
    parsed = front(
        'THE SLOW WHEEL\n\nby Ada Thorn\n\n"Whose key is it?" said the widow.\n\n"Ask the cat," said the miller.'
    )
    assert shown(parsed)[0] == "# [chapter]"


@pytest.mark.parametrize(
    ("line", "subtitle", "role", "name"),
    [
        ("Flash fictions by Ida Moss", "Flash fictions", "aut", "Ida Moss"),
        ("Eine Erzählung von Ida Moss", "Eine Erzählung", "aut", "Ida Moss"),
        ("Racconti di Ida Moss", "Racconti", "aut", "Ida Moss"),
        ("A Ghost Story by Ida Moss", "A Ghost Story", "aut", "Ida Moss"),
        ("Words and pictures by Ida Moss", "", "aut", "Ida Moss"),
        ("Written by Ida Moss", "", "aut", "Ida Moss"),
        ("Edited by Ida Moss", "", "edt", "Ida Moss"),
        ("Herausgegeben von Ida Moss", "", "edt", "Ida Moss"),
        ("edited by Maren Olt", "", "edt", "Maren Olt"),
        ("Edited by June Olt", "", "edt", "June Olt"),
        ("Compiled by Ida Moss", "", "edt", "Ida Moss"),
        ("illustrated by Ida Moss", "", "ill", "Ida Moss"),
        ("With drawings by Ida Moss", "", "ill", "Ida Moss"),
        ("Illustriert von Ida Moss", "", "ill", "Ida Moss"),
        ("Illustré par Ida Moss", "", "ill", "Ida Moss"),
        ("Zusammengestellt von Ida Moss", "", "edt", "Ida Moss"),
    ],
)
@pytest.mark.parametrize("markdown", [False, True], ids=["text", "Markdown"])
def test_a_byline_names_the_kind_of_work_or_who_helped(
    line: str, subtitle: str, role: str, name: str, *, markdown: bool
) -> None:
    if markdown:
        told = TOLD.replace("Chapter", "## Chapter")
        parsed = parse_markdown(Source("wheel.md", f"# The Slow Wheel\n\n*{line}*\n\n{told}".encode(), ".md"))
        prove_parsed(parsed)
    else:
        parsed = front(f"THE SLOW WHEEL\n\n{line}")
    metadata = parsed.book.metadata
    assert (metadata.subtitle, [(p.role, p.name) for p in metadata.people]) == (subtitle, [(role, name)])
    assert shown(parsed)[0] == "# [chapter 1] Chapter 1"


@pytest.mark.parametrize(
    ("above", "wanted"),
    [
        (
            "> Flour remembers.\n> — said of the valley",
            ["# [front]", "epigraph:", "  p Flour remembers. / — said of the valley"],
        ),
        (
            "For Juno, who is **four and a half**.",
            ["# [front]", "dedication:", "  p For Juno, who is **four and a half**."],
        ),
        ("Ada Thorn", []),
        ("Ada Thorn\n\n*For Nan*", ["# [front]", "dedication:", "  p _For Nan_"]),
    ],
)
def test_what_stands_before_the_first_heading_of_a_markdown_file(above: str, wanted: list[str]) -> None:
    told = TOLD.replace("Chapter", "## Chapter")
    parsed = parse_markdown(Source("wheel.md", f"# The Slow Wheel\n\n{above}\n\n{told}".encode(), ".md"))
    prove_parsed(parsed)
    assert shown(parsed)[: len(wanted) + 1] == [*wanted, "# [chapter 1] Chapter 1"]
    assert parsed.book.metadata.authors == (("Ada Thorn",) if "Ada" in above else ())


@pytest.mark.parametrize("below", ["", "**A novelette by Ada Thorn**\n\n"], ids=["alone", "over a byline"])
def test_the_first_of_several_headings_that_heads_nothing_is_the_title(below: str) -> None:
    text = f"# /dev/null and Other Wheels\n\n{below}# 0x01\n\n{TALE}\n\n# 0x02\n\n{TALE}\n"
    parsed = parse_markdown(Source("27-wheel.md", text.encode(), ".md"))
    prove_parsed(parsed)
    assert parsed.book.metadata.title == "/dev/null and Other Wheels"
    assert shown(parsed, (TALE,)) == ["# [chapter] 0x01", "prose(1)", "# [chapter] 0x02", "prose(1)"]


def test_headings_that_head_nothing_again_and_again_are_parts() -> None:
    text = f"# Wheels\n\n# One\n\n{TALE}\n\n# Sluices\n\n# Two\n\n{TALE}\n"
    parsed = parse_markdown(Source("wheel.md", text.encode(), ".md"))
    assert parsed.book.metadata.title == ""
    assert shown(parsed, (TALE,))[0] == "# [chapter] Wheels"
