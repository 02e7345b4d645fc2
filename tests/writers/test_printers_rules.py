"""What a printer sees to: capitals, words that stay together, breaks and last lines."""

from __future__ import annotations

import pytest
from lxml import etree

from converter.writers.joined_signs import joined_signs
from converter.writers.printers_rules import is_capitals, set_pieces, set_title, title_case


@pytest.mark.parametrize(
    ("title", "capitals"),
    [
        ("THE HOUSE OF GLASS", True),
        ("CHAPTER 4", True),
        ("XIV", False),
        ("NASA", True),
        ("TWO", False),
        ("THE MILL", True),
        ("CIVIL", True),
        ("The House", False),
        ("第一章", False),
        ("", False),
    ],
)
def test_what_is_typed_in_capitals(title: str, capitals: bool) -> None:
    assert is_capitals(title) == capitals


@pytest.mark.parametrize(
    ("title", "language", "head"),
    [
        ("THE HOUSE OF GLASS", "en-GB", "The House of Glass"),
        ("OF MICE: BOOK XIV", "en", "Of Mice: Book XIV"),
        ("CHAPTER III: A DIGRESSION UPON A PUDDING", "en", "Chapter III: A Digression Upon a Pudding"),
        ("DER ALTE MANN", "de", "DER ALTE MANN"),
        ("İSTANBUL IŞIKLARI", "tr", "İSTANBUL IŞIKLARI"),
        ("THE MILL ON LLYN DIM", "en", "The Mill on Llyn Dim"),
        ("A Quiet House", "en", "A Quiet House"),
    ],
)
def test_a_running_head_is_not_in_capitals_where_it_is_sure_which_words_are_large(
    title: str, language: str, head: str
) -> None:
    assert title_case(title, language) == head


def test_short_words_of_a_title_lean_on_the_next_and_the_last_on_the_one_before() -> None:
    title = etree.fromstring("<span class='title'>The Understudy Dragon of the Lake</span>")
    set_title(title)
    assert title.text == "The\u00a0Understudy Dragon of\u00a0the\u00a0Lake"


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("The Understudy Dragon", "The\u00a0Understudy Dragon"),
        ("A Dragon", "A Dragon"),
        ("Of Salt and Rain", "Of\u00a0Salt and\u00a0Rain"),
        ("Rain on the Incomprehensible Sea", "Rain on\u00a0the\u00a0Incomprehensible Sea"),
        ("Rain in the Salt Road", "Rain in\u00a0the\u00a0Salt\u00a0Road"),
    ],
)
def test_a_title_can_always_be_broken_somewhere(typed: str, held: str) -> None:
    """One that is wider than the line would be torn within a word."""
    title = etree.fromstring(f"<span class='title'>{typed}</span>")
    set_title(title)
    assert title.text == held


def test_breaks_in_a_row_are_one_and_none_ends_a_chapter() -> None:
    hr = "<hr class='scene-break'/>"
    piece = etree.fromstring(f"<section><header/><p>One.</p>{hr}{hr}<p>Two.</p>{hr}</section>")
    set_pieces(piece)
    assert [e.tag for e in piece] == ["header", "p", "hr", "p"]


def test_no_break_begins_or_ends_what_is_set_apart_or_stands_above_the_notes() -> None:
    hr = "<hr class='scene-break'/>"
    piece = etree.fromstring(
        f"<section><header/>{hr}<p>One.</p><blockquote>{hr}<p>Two.</p>{hr}<p>Three.</p>{hr}</blockquote>{hr}"
        "<section class='footnotes'/></section>"
    )
    set_pieces(piece)
    assert [e.tag for e in piece] == ["header", "p", "blockquote", "section"]
    assert [e.tag for e in piece[2]] == ["p", "hr", "p"]


def test_a_short_chat_is_to_stay_on_one_page() -> None:
    turn = "<div class='speech'><p>No.</p></div>"
    piece = etree.fromstring(
        f"<section><header/><blockquote class='chat'>{turn * 2}</blockquote><blockquote class='chat'>{turn * 9}</blockquote></section>"
    )
    set_pieces(piece)
    assert [e.get("class") for e in piece[1:]] == ["chat few", "chat"]


def test_a_line_is_held_to_what_it_names() -> None:
    piece = etree.fromstring(
        "<section><header/><p>Short.</p><p>The list:</p><ul/><p>He read.</p><blockquote/><p>+1</p><p>On.</p><hr/>"
        "<p class='after-break'>Then</p><p>it rained, and it was a long time before anybody spoke of it again.</p></section>"
    )
    set_pieces(piece)
    held = [e.tag + ":" + (e.text or "") for e in piece if "keeps" in (e.get("class") or "").split()]
    assert held == ["p:Short.", "p:The list:", "blockquote:", "p:Then"]


def test_two_spaces_after_a_sentence_are_no_wider_gap_where_the_next_word_is_held() -> None:
    piece = etree.fromstring("<section><p>He heard.  It.</p></section>")
    set_pieces(piece)
    assert piece[0].text == "He heard.\u00a0It."


def test_a_short_last_word_is_no_line_of_its_own() -> None:
    piece = etree.fromstring("<section><p>He would not hear of it.</p><p>Tomorrow <em>then</em> we go.</p></section>")
    set_pieces(piece)
    first, second = piece
    assert first.text == "He would not hear of\u00a0it."
    assert second[0].tail == " we\u00a0go."


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("아무도 오지 않았습니다.", "아무도 오지 않았습니\u2060다."),
        ("“이제 가겠습니다.”", "“이제 가겠습니\u2060다.”"),
        ("雨が降っていた。", "雨が降ってい\u2060た。"),
        ("门外没有人", "门外没有\u2060人"),
        ("그 밖에 더", "그 밖에\u00a0더"),  # a word of one: the one before comes with it
        ("それは2。", "それは2。"),
    ],
)
def test_the_last_sign_of_east_asia_is_no_line_of_its_own(typed: str, held: str) -> None:
    piece = etree.fromstring(f"<section><p>{typed}</p><p><em>{typed[0]}</em>{typed[1:]}</p></section>")
    set_pieces(piece)
    assert [piece[0].text, piece[1][0].tail] == [held, held[1:]]


@pytest.mark.parametrize(
    ("language", "before", "text", "joined"),
    [
        ("ja", "", "彼女は――笑って——去った。", "彼女は\u2060――笑って\u2060——去った。"),
        ("ja", "", "――そうか。", "――そうか。"),  # what opens a line may
        ("ja", "そう", "――か。", "\u2060――か。"),
        ("zh", "", "她——笑了。", "她——笑了。"),  # where a line may begin with it
    ],
)
def test_a_dash_begins_no_line_within_a_japanese_sentence(language: str, before: str, text: str, joined: str) -> None:
    assert joined_signs(text, before, language) == joined


def test_a_greeting_stays_with_its_letter_and_words_of_parting_with_the_name() -> None:
    piece = etree.fromstring(
        "<section><blockquote class='letter'><div class='verse'><p>To: Ada</p></div><p class='salutation'>Dear Ada,</p>"
        "<p>It rained.</p><p class='signature'>Yours,</p><p class='signature'>Bram</p></blockquote></section>"
    )
    set_pieces(piece)
    assert ["keeps" in (e.get("class") or "") for e in piece[0]] == [True, True, False, True, False]


def test_a_greeting_stays_with_what_follows_in_a_book_of_letters_too() -> None:
    piece = etree.fromstring("<section><p class='salutation'>Dear Ada,</p><p>It rained.</p></section>")
    set_pieces(piece)
    assert ["keeps" in (e.get("class") or "") for e in piece] == [True, False]


def test_a_line_in_capitals_is_never_a_page_s_last() -> None:
    piece = etree.fromstring(
        "<section><p>It rained.</p><p>GOOSE REACHES GROUND</p><p>It ran.</p><p>THE LOCK</p><p>THE BARN</p><p>It left.</p>"
        "<p>“NO, NO!”</p><p>It came.</p></section>"
    )
    set_pieces(piece)
    assert ["keeps" in (p.get("class") or "") for p in piece] == [False, True, False, False, True, False, False, False]
