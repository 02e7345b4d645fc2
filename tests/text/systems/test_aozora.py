"""Texts in the form of Aozora Bunko: what its typists note is read, and nothing of it is printed."""

from __future__ import annotations

import pytest

from converter.document.contracts import Source
from converter.document.findings.words import ForeignMarks
from converter.document.words import book_text
from converter.parsers.text import text_parser
from tests.pages.making import shown
from tests.text.systems import read

PROSE = "川は夜の間に水かさを増して、しばらく考えて、また上がった。渡し守は口数の少ない男で、猫を十一匹飼っていた。"
A_NOVEL = f"""銀の渡し
THE SILVER FERRY
宮原健二
岡田春子訳

-------------------------------------------------------
【テキスト中に現れる記号について】

《》：ルビ
（例）午后《ごご》

［＃］：入力者注　主に外字の説明や、傍点の位置の指定
（例）※［＃「てへん＋劣」、第3水準1-84-77］
-------------------------------------------------------

［＃ページの左右中央］


［＃８字下げ］第一部　夜［＃「第一部　夜」は大見出し］


［＃改ページ］

［＃４字下げ］一　午后《ごご》の雨［＃「一　午后の雨」は中見出し］

　{PROSE}
　これは大事［＃「大事」に傍点］なことだ。※［＃「てへん＋劣」、第3水準1-84-77］と［＃傍点］ずっと［＃傍点終わり］。
　※［＃「魚＋師のつくり」、U+9C24、34-5］と｜水門の番人《バンニン》。太い［＃「太い」は太字］声。

［＃ここから２字下げ］
拝啓
雨が降りました。
［＃ここで字下げ終わり］

［＃４字下げ］二　朝［＃「二　朝」は中見出し］

　{PROSE}
［＃改ページ］
　次の日も雨だった［＃「だった」はママ］。



底本：「銀の渡し」架空文庫
　　　1991（平成3）年3月30日初版
底本の親本：「渡し」架空書店
入力：何某
"""


def test_a_novel() -> None:
    parsed = read(A_NOVEL)
    assert shown(parsed) == [
        "# [part 1] 第一部 / 夜",
        "## [chapter 1] 一 / 午后(ごご)の雨",
        f"p {PROSE}",
        "p これは_大事_なことだ。挘と_ずっと_。",
        "p 鰤と水門の番人(バンニン)。_太い_声。",
        "quote:",
        "  p 拝啓",
        "  p 雨が降りました。",
        "## [chapter 2] 二 / 朝",
        f"p {PROSE}",
        "break * * *",
        "p 次の日も雨だった。",
        "# [back]",
        "p 底本：「銀の渡し」架空文庫",
        "p 1991（平成3）年3月30日初版",
        "p 底本の親本：「渡し」架空書店",
        "p 入力：何某",
    ]
    about = parsed.book.metadata
    assert (about.title, about.subtitle, about.authors) == ("銀の渡し", "THE SILVER FERRY", ("宮原健二",))
    assert [p.name for p in about.people if p.role == "trl"] == ["岡田春子"]
    assert not parsed.findings


def test_all_that_is_left_out_is_named() -> None:
    left = [(o.rule, o.text) for o in read(A_NOVEL).omissions]
    assert ("note on the signs of the text", "（例）午后《ごご》") in left
    assert ("marks of another system", "［＃「大事」に傍点］") in left
    assert ("marks of another system", "［＃「だった」はママ］") in left
    assert ("head of the file", "宮原健二") in left


def test_what_nobody_knows_is_told() -> None:
    parsed = read(A_NOVEL.replace("次の日", "［＃図（fig1.png、横100×縦200）入る］次の日"))
    assert [f for f in parsed.findings if isinstance(f, ForeignMarks)]


def test_headings_over_lines_and_between_notes() -> None:
    text = f"""渡し
宮原健二

［＃ここから大見出し］
川の
ほとり
［＃ここで大見出し終わり］

　{PROSE}

［＃大見出し］海［＃大見出し終わり］

　{PROSE}［＃「猫」に傍点］

底本：「渡し」架空書店
"""
    names = [line for line in shown(read(text)) if line.startswith("#")]
    assert names == ["# [chapter] 川の　ほとり", "# [chapter] 海", "# [back]"]


def test_as_the_library_encodes_it() -> None:
    data = A_NOVEL.replace("鰤", "").replace("\n", "\r\n").encode("shift_jis")
    book = text_parser()(Source("story.txt", data, ".txt")).book
    assert book.metadata.title == "銀の渡し"
    assert "［＃" not in book_text(book)
    assert "記号について" not in book_text(book)


@pytest.mark.parametrize(
    "text",
    [
        f"渡し\n\n　{PROSE}\n　［＃これは話の中の札だ］と書いてあった。\n　{PROSE}\n",
        f"渡し\n\n　{PROSE}\n　「底本：何」と彼は言った。\n",
    ],
)
def test_a_story_with_one_of_the_signs_stays(text: str) -> None:
    assert "札だ］" in book_text(read(text).book) or "底本" in book_text(read(text).book)


@pytest.mark.parametrize("numbers", [("一", "二", "三"), ("　　　一", "　　　二", "　　　三"), ("１", "２", "３")])
def test_numbers_alone_are_headings(numbers: tuple[str, ...]) -> None:
    text = "渡し\n宮原健二\n\n" + "\n".join(
        f"{number}\n\n　{PROSE}\n「遅いじゃないの」\n　{PROSE}\n" for number in numbers
    )
    names = [line for line in shown(read(text)) if line.startswith("#")]
    assert names == [f"# [chapter {k}] {number.strip()}" for k, number in enumerate(numbers, 1)]
