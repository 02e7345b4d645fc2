"""Old books as digital libraries have them: their contents lists, what opens a chapter, what stands below pictures."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import left_out, shown

TALE = (
    "The mill had stood empty for a year when the miller's cat came back with\n"
    "a key in its mouth, and nobody in the valley would say whose key it was,\n"
    "although the widow at the sluice was seen to shut her door."
)
PROSE = (TALE.replace("\n", " "),)
LIST = "CONTENTS\n\nCHAPTER                          PAGE\n   I. IN WHICH A CAT COMES BACK      1\n  II. A CALLER AT THE SLUICE        24\n III. THE LEDGER                    47"
LISTED = "\n".join(line.strip() for line in LIST.split("\n") if line)
REST = f"CHAPTER II.\n\nA CALLER AT THE SLUICE\n\n\n{TALE}\n\n\n\n\nCHAPTER III.\n\nTHE LEDGER\n\n\n{TALE}"
LATER = [
    "# [chapter 2] CHAPTER II. / A CALLER AT THE SLUICE",
    "prose(1)",
    "# [chapter 3] CHAPTER III. / THE LEDGER",
    "prose(1)",
]


def read(text: str, before: str = "THE SLOW WHEEL\n\nBY\n\nADA THORN") -> Parsed:
    parsed = text_parser()(Source("wheel.txt", f"{before}\n\n\n\n{text}\n".encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


@pytest.mark.parametrize(
    ("opening", "wanted"),
    [
        (
            '      "The wheel goes round, the wheel goes round,\n        And nobody is wiser."\n'
            "                              --_Old Song._",
            [
                "epigraph:",
                "  stanza:",
                '    "The wheel goes round, the wheel goes round,',
                '    > And nobody is wiser."',
                "    > > > > --_Old Song._",
            ],
        ),
        (
            '"You won\'t like this," said the widow.\n\n"I never do," said the miller.',
            ['p "You won\'t like this," said the widow.', 'p "I never do," said the miller.'],
        ),
        ('"Down!" cried the widow.', ['p "Down!" cried the widow.']),
    ],
    ids=["epigraph", "speeches", "a cry"],
)
@pytest.mark.parametrize("title", ["IN WHICH A CAT COMES BACK", "In Which a Cat Comes Back"])
def test_a_list_ends_at_the_first_chapter(opening: str, wanted: list[str], title: str) -> None:
    parsed = read(f"{LIST}\n\n\n\n\nCHAPTER I.\n\n{title}\n\n\n{opening}\n\n{TALE}\n\n\n\n\n{REST}")
    assert shown(parsed, PROSE) == [f"# [chapter 1] CHAPTER I. / {title}", *wanted, "prose(1)", *LATER]
    assert [o for o in left_out(parsed) if o[0] == "contents list"] == [("contents list", LISTED)]


def test_a_list_whose_titles_are_others_ends_at_the_first_chapter_too() -> None:
    opening = '"You won\'t like this," said the widow.'
    parsed = read(
        f"{LIST.replace('CAT', 'DOG')}\n\n\n\n\nCHAPTER I.\n\nIN WHICH A CAT COMES BACK\n\n\n{opening}\n\n{TALE}\n\n\n\n\n{REST}"
    )
    assert shown(parsed, PROSE)[:2] == ["# [chapter 1] CHAPTER I. / IN WHICH A CAT COMES BACK", f"p {opening}"]


def test_titles_in_quotation_marks_are_entries() -> None:
    listed = 'CONTENTS\n\n"Whose Key?"\n\n"Down!"\n\nThe Ledger'
    parsed = read(
        f'{listed}\n\n\n\n\n"Whose Key?"\n\n\n{TALE}\n\n\n\n\n"Down!"\n\n\n{TALE}\n\n\n\n\nThe Ledger\n\n\n{TALE}'
    )
    assert shown(parsed, PROSE)[::2] == ['# [chapter] "Whose Key?"', '# [chapter] "Down!"', "# [chapter] The Ledger"]


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        ('[Illustration: "He laid it on the sill."]', 'p (center) "He laid it on the sill."'),
        ("[Illustration: The cat had come back.]", "p (center) The cat had come back."),
        ("[Illustration: _Whose key is it?_]", "p (center) _Whose key is it?_"),
        ("[Illustration: Colophon]", ""),
        ("[Illustration: a cat]", ""),
        ("[Illustration]", ""),
    ],
)
def test_words_below_a_missing_picture(place: str, kept: str) -> None:
    start = "*** START OF THE PROJECT GUTENBERG EBOOK THE SLOW WHEEL ***"
    parsed = read(f"{start}\n\n\nCHAPTER I.\n\n{TALE}\n\n{place}\n\n{TALE}\n\n\n\n\nCHAPTER II.\n\n{TALE}")
    body = shown(parsed, PROSE)
    assert body[1:-2] == (["prose(1)", kept, "prose(1)"] if kept else ["prose(2)"])
    assert any(o[0] == "place of a missing picture" for o in left_out(parsed))
