"""Typewriter's marks in scripts that have marks of their own."""

from __future__ import annotations

import pytest

from tests.passes import improve, typeset


@pytest.mark.parametrize(
    ("language", "typed", "wanted"),
    [
        ("ar", 'قالت: "لقد تأخرت".', "قالت: «لقد تأخرت»."),
        ("ar", 'قرأ كتاب "النهر" و"البحر".', "قرأ كتاب «النهر» و«البحر»."),
        ("ar", "- أنا؟ أبدًا!", "– أنا؟ أبدًا!"),
        ("fa", 'گفت: "دیر کردی."', "گفت: «دیر کردی.»"),
        ("fa", "- کلید کجاست؟", "– کلید کجاست؟"),
        ("he", '"איחרת," אמרה ד"ר לוין.', "”איחרת,” אמרה ד״ר לוין."),
        ("he", 'צה"ל נסוג מב"הארץ" הזאת.', "צה״ל נסוג מב”הארץ” הזאת."),
        ("he", "ג'ורג' בא - ולא דיבר.", "ג׳ורג' בא – ולא דיבר."),
        ("hi", '"तुम देर से आए," उसने कहा।', "“तुम देर से आए,” उसने कहा।"),
        ("hi", "वह बोला, 'नहीं', और गया।", "वह बोला, ‘नहीं’, और गया।"),
        ("ko", '"늦었네요."라고 말했다.', "“늦었네요.”라고 말했다."),
        ("ko", "그는 '아니다'라고 생각했다. It's so.", "그는 ‘아니다’라고 생각했다. It's so."),
        ("th", 'เขียนว่า "อย่ามา" เขาจึงไป', "เขียนว่า “อย่ามา” เขาจึงไป"),
        ("zh", '他说"好"……', "他说“好”……"),
        ("zh", '"那就等吧，"林太太说。', "“那就等吧，”林太太说。"),
        ("zh-TW", '他說"好"。', "他說「好」。"),
        ("zh", "他走了--她说。", "他走了——她说。"),
        ("ar", "شركة Hollis & Bram في لندن.", "شركة Hollis\u00a0&\u00a0Bram في لندن."),
        ("ka", '"მოდი," თქვა მან.', "„მოდი,“ თქვა მან."),
        ("hy", '"Արի", ասաց նա:', "«Արի», ասաց նա:"),
        ("sr", '"Дођи", рече он.', "„Дођи”, рече он."),
    ],
)
def test_marks_of_the_language(language: str, typed: str, wanted: str) -> None:
    assert typeset(typed, language) == wanted


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("ar", 'قال "نعم ثم ذهب.'),
        ("he", 'מנכ"לית צה"לית'),
        ("he", 'הוא אמר "שלום'),
        ("ko", '그는 5" 자였다.'),
        ("ko", "그는 '아니다라고"),
        ("hi", 'वह " बोला " नहीं'),
        ("zh", '“他说"好”'),
        ("zh", "A--B, C."),
        ("ja", '彼は"はい"と言った。'),
        ("he", "3 - 5"),
    ],
)
def test_what_is_not_sure_stays(language: str, typed: str) -> None:
    assert typeset(typed, language) == typed


def test_the_book_s_own_marks_are_taken() -> None:
    after, changes, _ = improve("ar", "قالت: “لقد تأخرت”.", 'قال: "نعم".', "— أنا؟", "- أبدًا!")
    assert after == ["قالت: “لقد تأخرت”.", "قال: “نعم”.", "— أنا؟", "— أبدًا!"]
    assert [(c.rule, c.before, c.after) for c in changes] == [
        ("dashes", "-", "—"),
        ("quotes", '"', "“"),
        ("quotes", '"', "”"),
    ]


def test_speech_that_goes_on_opens_anew() -> None:
    after, _, _ = improve("hi", '"वह आया।', '"और गया।"')
    assert after == ["“वह आया।", "“और गया।”"]


def test_chinese_stops_in_a_book_that_has_them() -> None:
    after, _, _ = improve("zh", "他来了，走了，又来了。", '"那就等吧,"林太太说.', "3.14, OK")
    assert after == ["他来了，走了，又来了。", "“那就等吧，”林太太说。", "3.14, OK"]
    assert improve("zh", "他来了, 走了.")[0] == ["他来了, 走了."]


@pytest.mark.parametrize("language", ["ar", "he", "fa", "hi", "ko", "th", "zh"])
def test_once_is_enough_and_letters_stay(language: str) -> None:
    typed = ["\"a\" b 'c' - d", '- "x, "y" z', 'ד"ר "שלום" -- ', '水"水",水', '"가"나 "다"']
    once, _, _ = improve(language, *typed)
    twice, changes, _ = improve(language, *once)
    assert twice == once, changes
    assert [[c for c in t if c.isalnum()] for t in once] == [[c for c in t if c.isalnum()] for t in typed]
