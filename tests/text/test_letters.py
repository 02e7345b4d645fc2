"""Letters in texts and Markdown: however their parts are typed, they are found, and all letters have one form."""

from __future__ import annotations

import textwrap

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.html import html_parser
from converter.parsers.markdown import parse_markdown
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import PROSE, shown

STORY = "\n\n".join(PROSE)
SAID = "The goose is well, and sends you all that it can spare."
LETTER = [
    "letter:",
    "  p (dateline) Lower Lock",
    "  p (dateline) 14 March 1911",
    "  p (salutation) Dear Ruth,",
    f"  p {SAID}",
    "  p (signature) Yours,",
    "  p (signature) Odile",
    "  p P.S. It has been fed.",
]


def read(text: str, suffix: str = ".txt") -> Parsed:
    source = Source(f"story{suffix}", text.encode(), suffix)
    parsed = parse_markdown(source) if suffix == ".md" else text_parser()(source)
    prove_parsed(parsed)
    return parsed


def among(letter: str, suffix: str = ".txt") -> list[str]:
    """What a letter between two pieces of prose is."""
    said = shown(read(f"{STORY}\n\n{letter}\n\n{STORY}\n", suffix))
    assert said[0] == said[-1] == "prose(1)"
    return said[1:-1]


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("signed", ["Yours,\n\nOdile", "Yours,\nOdile"])
@pytest.mark.parametrize("placed", ["Lower Lock\n\n14 March 1911", "Lower Lock\n14 March 1911"])
def test_a_letter_has_one_form_however_its_lines_are_parted(placed: str, signed: str, suffix: str) -> None:
    if suffix == ".md":
        placed, signed = (part.replace("k\n1", "k  \n1").replace(",\nO", ",  \nO") for part in (placed, signed))
    assert among(f"{placed}\n\nDear Ruth,\n\n{SAID}\n\n{signed}\n\nP.S. It has been fed.", suffix) == LETTER


def test_a_letter_in_a_quotation_of_markdown() -> None:
    assert among(f"> Dear Ruth,\n>\n> {SAID}\n>\n> Yours,\\\n> Odile", ".md") == ["letter:", *LETTER[3:7]]


def test_a_letter_in_a_quotation_of_a_page() -> None:
    told = "".join(f"<p>{line}</p>" for line in PROSE)
    letter = f"<blockquote><p>Dear Ruth,</p><p>{SAID}</p><p>Yours, etc.,<br>H. Hollis</p></blockquote>"
    quoted = "<blockquote><p>Dear Ruth, he began.</p><p>That was all.</p></blockquote>"
    parsed = html_parser()(
        Source("page.html", f"<html lang=en><body>{told}{letter}{told}{quoted}{told}</body></html>".encode(), ".html")
    )
    said = shown(parsed)
    assert said[1:6] == [
        "letter:",
        "  p (salutation) Dear Ruth,",
        f"  p {SAID}",
        "  p (signature) Yours, etc.,",
        "  p (signature) H. Hollis",
    ]
    assert said[7] == "quote:"


def test_a_letter_in_one_block() -> None:
    assert among(f"Dear Ruth,\n{SAID}\nYours,\nOdile") == ["letter:", *LETTER[3:7]]


def test_a_letter_that_is_read_out() -> None:
    assert among(f'"Dear Ruth,\n\n"{SAID}\n\n"Yours, Odile."') == [
        "letter:",
        '  p (salutation) "Dear Ruth,',
        f'  p "{SAID}',
        '  p (signature) "Yours, Odile."',
    ]


def test_words_that_are_said_are_no_letter() -> None:
    said = '"Dear Ruth," he said, and laughed.'
    assert among(f'{said}\n\n"Yours, I think," she said.') == [f"p {said}", 'p "Yours, I think," she said.']


CHAPTER = "Chapter {}\n\n{}\n\nDear {},\n\n" + STORY + "\n\n{}\n\n"


def test_letters_that_fill_chapters() -> None:
    told = "".join(
        CHAPTER.format(number, above, name, below)
        for number, above, name, below in (
            (1, "2 May 1911", "Bram", "Ever your own\n\nAda"),
            (2, "c/o The Harbour\nHull", "Ada", "I remain,\nMadam,\nyour obedient servant,\n\nBram Hull\n\nEncl. (1)"),
            (3, "In bed", "Bram", "A."),
        )
    )
    said = shown(read(told))
    assert [line for line in said if line[:1] == "#"] == [
        "# [chapter 1] Chapter 1",
        "# [chapter 2] Chapter 2",
        "# [chapter 3] Chapter 3",
    ]
    assert [line for line in said if "(" in line and line[0] == "p" and "prose" not in line] == [
        "p (dateline) 2 May 1911",
        "p (salutation) Dear Bram,",
        "p (signature) Ever your own",
        "p (signature) Ada",
        "p (dateline) c/o The Harbour",
        "p (dateline) Hull",
        "p (salutation) Dear Ada,",
        "p (signature) I remain,",
        "p (signature) Madam,",
        "p (signature) your obedient servant,",
        "p (signature) Bram Hull",
        "p Encl. (1)",
        "p (dateline) In bed",
        "p (salutation) Dear Bram,",
        "p (signature) A.",
    ]


def test_a_chapter_that_greets_and_does_not_sign_is_no_letter() -> None:
    said = shown(read("".join(f"Chapter {n}\n\nDear reader,\n\n{STORY}\n\n" for n in (1, 2))))
    assert said[:2] == ["# [chapter 1] Chapter 1", "p (salutation) Dear reader,"]


MAIL = "From: ada@lock.example\nTo: Ruth\nDate: 3 Nov 2014 09:04\nSubject: the goose"


@pytest.mark.parametrize("greeting", ["Dear Ruth,", "Children,"])
@pytest.mark.parametrize("signed", ["Best,\nA.", "— A."])
def test_the_head_of_a_mail_stays_with_its_letter(greeting: str, signed: str) -> None:
    said = among(f"{MAIL}\n\n{greeting}\n\n{SAID}\n\n{signed}\n\nSent from my lamp")
    assert said[:2] == ["letter:", "  stanza:"]
    assert [line.partition("[")[0] for line in said[2:6]] == [
        f"    {line}".partition("ada@")[0] for line in MAIL.split("\n")
    ]
    assert said[6:8] == [f"  p (salutation) {greeting}", f"  p {SAID}"]
    assert said[-1] == "  p Sent from my lamp"


@pytest.mark.parametrize(
    "letter",
    [
        "Lieber Bram!\n\nDas Wasser steht.\n\nMit herzlichen Grüßen\nDeine Ruth",
        "Ma chère sœur,\n\nL'eau monte.\n\nTa Louise",
    ],
)
def test_letters_in_other_languages(letter: str) -> None:
    said = among(letter)
    assert said[0] == "letter:"
    assert said[1].startswith("  p (salutation) ")
    assert said[-1].startswith("  p (signature) ")


@pytest.mark.parametrize("greeting", ["Ruth—", "Ruth, dear—", "Ruth:", "Ruth!", "Dearest, most foolish Ruth,", "R.,"])
@pytest.mark.parametrize("placed", ["Lower Lock\n14 March 1911", "On the barge\nTuesday, very early"])
@pytest.mark.parametrize("signed", ["K.", "Yours,\nKatrin", "In haste,\nK.\n\nP.S. Bring the goose."])
def test_a_chapter_that_is_a_letter_however_it_greets(greeting: str, placed: str, signed: str) -> None:
    told = "\n\n".join([SAID, *PROSE, "“It bit the lockkeeper.”"])
    letters = "\n\n\n".join(f"LETTER {n}\n\n{placed}\n\n{greeting}\n\n{told}\n\n{signed}" for n in (1, 2, 3))
    said = shown(read(f"The Goose\n\nby Ida Marsh\n\n\n{letters}\n"))
    assert [line for line in said if line[0] == "#"] == [f"# [chapter {n}] LETTER {n}" for n in (1, 2, 3)]
    assert "letter:" not in said  # a book of letters quotes none
    for role, line in (("salutation", greeting), ("dateline", placed), ("signature", signed)):
        assert said.count(f"p ({role}) {line.partition(chr(10))[0]}") == 3


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize(("told", "quoted"), [(0, 0), (2, 3)])
def test_letters_are_quoted_in_a_book_that_tells_as_much_as_they_do(told: int, quoted: int, suffix: str) -> None:
    end = "\n" if suffix == ".txt" else "  \n"
    letter = f"Lower Lock{end}14 March 1911\n\nDear Ruth,\n\n{STORY}\n\nYours,{end}Odile"
    below = f"\n\n{STORY}" * told
    sign = "# " if suffix == ".md" else ""
    said = shown(read("\n\n\n".join(f"{sign}Chapter {n}\n\n{letter}{below}" for n in (1, 2, 3)), suffix))
    assert said.count("letter:") == quoted
    assert sum("(signature) Odile" in line for line in said) == 3


def test_letters_one_after_the_other_are_parted_in_a_book_of_letters() -> None:
    letter = f"Dear Ruth,\n\n{STORY}\n\nYours,\nOdile"
    said = shown(read("Chapter 1\n\n" + "\n\n".join([letter] * 2) + "\n\nChapter 2\n\n" + "\n\n".join([letter] * 2)))
    opened = [line for line in said if line == "break" or "salutation" in line]
    assert opened == ["p (salutation) Dear Ruth,", "break", "p (salutation) Dear Ruth,"] * 2


def test_prose_that_is_set_in_like_a_letter_is_no_verse() -> None:
    prose = [textwrap.fill(p, 72) for p in PROSE]
    letter = """\
    The Harbour House,
    14th March.

    Madam,

    It has been brought to me that you have the keeping of a
    goose. I do not ask whose.

    I remain, &c.,
    J. Hollis"""
    told = "\n\n".join([*prose, letter, *prose])
    assert shown(read(told))[1:-1] == [
        "letter:",
        "  p (dateline) The Harbour House,",
        "  p (dateline) 14th March.",
        "  p (salutation) Madam,",
        "  p It has been brought to me that you have the keeping of a goose. I do not ask whose.",
        "  p (signature) I remain, &c.,",
        "  p (signature) J. Hollis",
    ]


FOREIGN = {
    "Monsieur le Notaire,": (
        "La lampe n'est pas à vendre.",
        "Veuillez agréer, Monsieur, mes salutations.",
        "Odile Tanguy",
    ),
    "Muy señor mío:": ("La lámpara no se vende.", "Sin otro particular, quedo a su disposición.", "Odile Marchena"),
    "Милостивый государь!": ("Лампа не продаётся.", "Примите уверения в моём почтении.", "Одиль Брандт"),
}


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("indent", ["", "    "])
@pytest.mark.parametrize("greeting", FOREIGN)
def test_letters_that_end_with_a_whole_sentence(greeting: str, indent: str, suffix: str) -> None:
    quoted = indent if suffix == ".txt" else indent and "> "
    lines = [greeting, *FOREIGN[greeting]]
    said = among(f"\n{quoted}\n".join(f"{quoted}{line}" for line in lines), suffix)
    roles = ("(salutation) ", "", "", "(signature) ")
    assert said == ["letter:", *(f"  p {role}{line}" for role, line in zip(roles, lines, strict=True))]


def test_a_postscript_of_another_language_is_the_letter_s() -> None:
    said = among("Distinguido señor:\n\nDetenga el tren.\n\nLe saluda atentamente,\n\nAna Cordero\n\nP. D. La oca, no.")
    assert said[0] == "letter:"
    assert said[-1] == "  p P. D. La oca, no."


@pytest.mark.parametrize("greeting", ["To whom it may concern:", "Hi Ruth,", "Hallo Ruth!", "Sehr geehrte Frau Weber,"])
def test_letters_that_a_name_alone_ends(greeting: str) -> None:
    name = "LG\nOdile" if greeting.startswith("H") else "O. Brandt\nKeeper of the lamp"
    said = among(f"{greeting}\n\n{SAID}\n\n{name}")
    roles = [f"  p (signature) {line}" for line in name.split("\n")]
    assert said == ["letter:", f"  p (salutation) {greeting}", f"  p {SAID}", *roles]


def test_a_line_that_only_may_address_somebody_does_so_where_it_is_set_in() -> None:
    letter = ["Members of the board,", SAID, "C."]
    assert among("\n\n".join(f"    {line}" for line in letter)) == [
        "letter:",
        "  p (salutation) Members of the board,",
        f"  p {SAID}",
        "  p (signature) C.",
    ]
    assert among("\n\n".join(letter)) == [f"p {line}" for line in letter]
    signed = among("\n\n".join(f"    {line}" for line in (*letter[:2], "C. Weir\n    Keeper")))
    assert signed[-2:] == ["  p (signature) C. Weir", "  p (signature) Keeper"]


def test_paragraphs_set_in_among_others_are_a_quotation() -> None:
    notice = ["Persons found on the weir will be fined.", "Geese are persons."]
    said = among("\n\n".join(f"    {line}" for line in notice))
    assert said == ["quote:", *(f"  p {line}" for line in notice)]


def test_paragraphs_that_begin_with_lines_set_in_now_and_then_are_none() -> None:
    told = [f"{'    ' if k % 3 else ''}{line}" for k, line in enumerate(PROSE * 6)]
    assert "quote:" not in shown(read("\n\n".join(told)))


@pytest.mark.parametrize(
    ("head", "greeting"),
    [
        (MAIL, ""),
        (MAIL, "Ruth,"),
        ("Von: Ada\nAn: Ruth\nBetreff: die Gans", "Hallo Ruth,"),
        ("De : Ada\nÀ : Ruth\nObjet : l'oie", ""),
        ("От: Ада\nКому: Рут\nТема: гусь", "Рут,"),
        ("De: Ada\nPara: Ruth\nAsunto: la oca", "Hola Ruth:"),
    ],
)
def test_what_stands_below_the_head_of_a_mail_is_the_mail(head: str, greeting: str) -> None:
    body = [*([greeting] if greeting else []), SAID, "It bit the lockkeeper.", "A."]
    said = among("\n\n".join([head, *body]))
    assert said[0] == "letter:"
    assert said[len(said) - len(body) :] == [
        *([f"  p (salutation) {greeting}"] if greeting else []),
        f"  p {SAID}",
        "  p It bit the lockkeeper.",
        "  p (signature) A.",
    ]


def test_a_mail_without_a_name_ends_with_its_scene_or_where_the_next_begins() -> None:
    said = among(f"{MAIL}\n\n{SAID}\n\nIt bit me.\n\n{MAIL}\n\nGood.\n\nShe shut the lid.\n\n* * *")
    assert [line for line in said if "stanza" not in line and not line.startswith("    ")] == [
        "letter:",
        f"  p {SAID}",
        "  p It bit me.",
        "letter:",
        "  p Good.",
        "p She shut the lid.",
        "break * * *",
    ]
    scene = among(f"* * *\n\n{MAIL}\n\n{SAID}\n\nIt bit me.\n\n* * *")
    assert scene[-3:] == [f"  p {SAID}", "  p It bit me.", "break * * *"]
