"""Stories that were copied out of a browser's window with the page around them: what the page says of them is known of
them, what it says for itself is left out by name, and the story is whole."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import left_out, shown

A = "The lamp was lit every evening at the same hour, and nobody on the island could say by whom."
B = "Old Brandt thought it was the widow; the widow thought it was the tide, and the tide was never asked."
C = "“You might ask it,” said Ness, and she put the oil can down beside the stove where it was warm."
D = "Nobody answered her, for the wind had got up in the night and had taken the bell with it, rope and all."
E = "In the morning the lamp was out. There was a cup on the sill, and a wet step, and that was everything."
STORY = "\n\n".join((A, B, C, D, E))
TOLD = [f"p {p}" for p in (A, B, C, D, E)]


def read(text: str) -> Parsed:
    parsed = text_parser()(Source("story.txt", text.encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


def known(parsed: Parsed, *names: str) -> list[object]:
    """Title, authors, and what else is asked for."""
    said = parsed.book.metadata
    return [said.title, [p.name for p in said.people if p.role == "aut"], *(getattr(said, name) for name in names)]


FANFICTION = f"""Books » Weir Chronicles
Follow/Fav The Ninth Lamp
By: oilandwick
Tam keeps the lamp. Nobody keeps Tam, who has to do it alone.
Rated: Fiction T - English - Drama - Tam R. - Chapters: 2 - Words: 812 - Published: Apr 4, 2013 - id: 9170011
+ -  Full 3/4 1/2
< Prev  1. The Wick 2. The Oil  Next >

Chapter Two: The Oil

{STORY}

< Prev  1. The Wick 2. The Oil  Next >
The author would like to thank you for your continued support. Your review has been posted.
Review
Share:  Email . Facebook . Twitter
Story:  Follow Favorite
Contrast: Dark . Light
"""


def test_an_archive_with_its_toolbar() -> None:
    parsed = read(FANFICTION)
    summary = "Tam keeps the lamp. Nobody keeps Tam, who has to do it alone."
    assert known(parsed, "fandoms", "description", "rating", "words") == [
        *("The Ninth Lamp", ["oilandwick"], ("Weir Chronicles",), summary, "T", "812")
    ]
    assert shown(parsed) == ["# [chapter 2] Chapter Two / The Oil", *TOLD]
    facts = FANFICTION.split("\n")
    assert left_out(parsed) == [
        ("head of the file", facts[0]),
        ("interface of a site", "Follow/Fav"),
        ("head of the file", "\n".join(["The Ninth Lamp", *facts[2:5]])),
        ("interface of a site", "\n".join(facts[5:7])),
        ("interface of a site", "\n".join(facts[-7:-1])),
    ]


def test_the_same_in_one_line() -> None:
    line = " ".join(FANFICTION.split("\n")[:6])
    parsed = read(f"{line}\n\n{STORY}\n\nReview Share: Email . Facebook . Twitter Story: Follow Favorite\n")
    summary = "Tam keeps the lamp. Nobody keeps Tam, who has to do it alone."
    assert known(parsed, "fandoms", "description", "rating") == [
        *("The Ninth Lamp", ["oilandwick"], ("Weir Chronicles",), summary, "T")
    ]
    assert shown(parsed) == TOLD
    assert left_out(parsed) == [
        ("head of the file", line),
        ("interface of a site", "Review Share: Email . Facebook . Twitter Story: Follow Favorite"),
    ]


ARCHIVE_TOP = (
    "Skip header\nArchive of Our Own beta\nUser Navigation\nHi, lanternmoth!\nActions\nComments\nShare\nWork Header"
)
ARCHIVE_FACTS = """Rating:
{0}Teen And Up Audiences
Category:
{0}F/F
Fandom:
{0}The Tide (TV)
Additional Tags:
{0}Slow Burn
{0}Tea
Stats:
{0}Published:
{0}2019-11-02
{0}Completed:
{0}2019-11-16
{0}Words:
{0}1,204
{0}Kudos:
{0}212
Two Sugars
brackish
Summary:
{0}The kettle is older than either of them.

Notes:
{0}It was written for the tea exchange.
"""
ARCHIVE_END = """Actions
↑ Top
Kudos ♥
Comments (4)
Kudos
osk, lanternjaw, and 12 guests left kudos on this work!

Post Comment

osk Sat 02 May 2020 09:12AM UTC
Oh, the SUGAR. I am dying.
Reply Thread
"""


@pytest.mark.parametrize("indent", ["", "    "])
def test_an_archive_with_labels_over_values(indent: str) -> None:
    facts = ARCHIVE_FACTS.format(indent)
    chapter = "Notes:\n(See the end of the chapter for notes.)\nChapter Text"
    text = (
        f"{ARCHIVE_TOP}\n{facts}\nChapter 1: Flour\nChapter Text\n{STORY}\n\nChapter 2: Yeast\n{chapter}\n{STORY}\n\n"
    )
    parsed = read(f"{text}{ARCHIVE_END}")
    assert known(parsed, "fandoms", "tags", "rating", "status", "published", "updated", "words", "description") == [
        *("Two Sugars", ["brackish"], ("The Tide (TV)",), ("Slow Burn", "Tea"), "Teen And Up Audiences"),
        *("Completed", "2019-11-02", "2019-11-16", "1,204", "The kettle is older than either of them."),
    ]
    assert parsed.book.metadata.extra == (("Category", "F/F"), ("Kudos", "212"))
    assert shown(parsed) == [
        *("# [front]", "note-before:", "  p Notes:", "  p It was written for the tea exchange."),
        *("# [chapter 1] Chapter 1 / Flour", *TOLD),
        *("# [chapter 2] Chapter 2 / Yeast", *TOLD),
    ]
    kudos, _, comments = ARCHIVE_END.strip().partition("\n\n")
    assert left_out(parsed) == [
        ("interface of a site", ARCHIVE_TOP),
        ("head of the file", facts[: facts.index("\n\nNotes")].replace("    ", "")),
        ("interface of a site", "Chapter Text"),
        ("interface of a site", chapter),
        ("interface of a site", kudos),
        ("comments", comments.replace("\n\n", "\n")),
    ]


def test_an_archives_download() -> None:
    top = "Small Weather\nPosted originally on the Archive of Our Own at http://lamp.example/works/1."
    facts = "Rating:\n    G\nFandom:\n    The Weir\nStats:\n    Published: 2021-04-30 Words: 1,011 Chapters: 1/1"
    end = "Please drop by the Archive and comment to let the creator know if you enjoyed their work!"
    parsed = read(
        f"{top}\n\n{facts}\n\nSmall Weather\nby teasel\n\nSummary\n\n    It rains in the kitchen.\n\n"
        f"Chapter 1: Rain\n\n{STORY}\n\n{end}\n"
    )
    assert known(parsed, "fandoms", "published", "words", "chapters", "description") == [
        *("Small Weather", ["teasel"], ("The Weir",), "2021-04-30", "1,011", "1/1", "It rains in the kitchen.")
    ]
    assert shown(parsed) == ["# [chapter 1] Chapter 1 / Rain", *TOLD]


def test_counts_and_handles() -> None:
    text = (
        "Lamp Oil\n👁 10.2K   ★ 430   ☰ 2\nby @oilthief\nOngoing\nStart reading\n"
        "A boy keeps a lamp and the lamp keeps him. #lamps #slowburn\n© All Rights Reserved\n\n"
        f"Chapter 1\n7.3K 410 66\nby @oilthief\n\n{STORY}\n\nVote if you think she lied!!\n\n"
        f"Continue reading next part →\n\nChapter 2\n3.9K 280 40\nby @oilthief\n\n{STORY}\n\n"
        "You'll also like\nThe Girl Upstairs   ★ 20K\nPurely Theirs   ★ 9.1K\n"
    )
    parsed = read(text)
    assert known(parsed, "status", "tags") == ["Lamp Oil", ["oilthief"], "Ongoing", ("lamps", "slowburn")]
    assert shown(parsed) == [
        *("# [chapter 1] Chapter 1", *TOLD, "note-after:", "  p Vote if you think she lied!!"),
        *("# [chapter 2] Chapter 2", *TOLD),
    ]
    assert left_out(parsed) == [
        ("head of the file", "Lamp Oil"),
        ("interface of a site", "👁 10.2K   ★ 430   ☰ 2"),
        ("head of the file", "Ongoing"),
        ("interface of a site", "Start reading"),
        ("head of the file", "A boy keeps a lamp and the lamp keeps him. #lamps #slowburn"),
        ("interface of a site", "© All Rights Reserved"),
        ("interface of a site", "7.3K 410 66"),
        ("repeated author", "by @oilthief"),
        ("interface of a site", "Continue reading next part →"),
        ("interface of a site", "3.9K 280 40"),
        ("repeated author", "by @oilthief"),
        ("interface of a site", "You'll also like"),
        ("list of other stories", "The Girl Upstairs   ★ 20K\nPurely Theirs   ★ 9.1K"),
        ("head of the file", "by @oilthief"),
    ]


def test_a_boards_post_with_comments() -> None:
    text = (
        "Go to HFY\nr/HFY\n•\n3 yr. ago\nu/chandler\n\n[OC] The Paymaster, Part 4\n\nOC\n[First] | [Prev] | [Next]\n\n"
        f"---\n\n{STORY}\n\n---\n\n[First] | [Prev] | [Next]\n\n1.4k\nUpvote\n97\nShare\nSort by: Best\n\n"
        "u/UpdateMeBot · 3 yr. ago\nClick here to subscribe.\nReply\n\nu/Parchment · 3 yr. ago\nLovely.\n312\nReply\n"
    )
    parsed = read(text)
    assert known(parsed) == ["The Paymaster, Part 4", ["chandler"]]
    assert shown(parsed) == TOLD
    assert left_out(parsed) == [
        ("interface of a site", "Go to HFY\nr/HFY\n•\n3 yr. ago"),
        ("head of the file", "u/chandler"),
        ("interface of a site", "[OC]"),
        ("head of the file", "The Paymaster, Part 4"),
        ("interface of a site", "OC\n[First] | [Prev] | [Next]"),
        ("scene break", "---"),
        ("scene break", "---"),
        ("interface of a site", "[First] | [Prev] | [Next]\n1.4k\nUpvote\n97\nShare"),
        (
            "comments",
            "Sort by: Best\nu/UpdateMeBot · 3 yr. ago\nClick here to subscribe.\nReply\nu/Parchment · 3 yr. ago\nLovely.\n312\nReply",
        ),
    ]


def test_a_serial_with_notes_and_advertisements() -> None:
    nav = "Fiction Page\nPrevious Chapter | Next Chapter"
    about = "About the author\nQuire Troll\nBio: I keep bees and accounts."
    buttons = "Achievements\nFollow Author\nDonate\nLeave a review"
    text = (
        f"Cave Notary\nby Quire Troll\n\nChapter 12 - Lost\n\n{nav}\n\nA note from Quire Troll\nA brief one.\n\n"
        f"{STORY}\n\nAdvertisement\nRemove\n\nChapter 13 - Found\n\n{nav}\n\n{STORY}\n\n{about}\n{buttons}\n"
    )
    parsed = read(text)
    assert known(parsed) == ["Cave Notary", ["Quire Troll"]]
    assert shown(parsed) == [
        *("# [chapter 12] Chapter 12 / Lost", "note-before:", "  p A note from Quire Troll", "  p A brief one."),
        *(*TOLD, "# [chapter 13] Chapter 13 / Found", *TOLD),
    ]
    assert left_out(parsed) == [
        ("interface of a site", nav),
        ("interface of a site", "Advertisement\nRemove"),
        ("interface of a site", nav),
        ("about the author", about),
        ("interface of a site", buttons),
        ("head of the file", "Cave Notary"),
        ("head of the file", "by Quire Troll"),
    ]


THREAD = f"""The Bell Warden
Thread starter: Raven Nine   Start date: Feb 2, 2020   Tags: original, space
Page 1 of 14

Threadmarks: Flame 1.1

Raven Nine
Not a kettle, officially
Feb 2, 2020 #1

{STORY}

Last edited: Feb 3, 2020
Like Quote Reply
Likes: greymantle, Mosaic and 61 others

Mosaic
Feb 2, 2020 #2

Ooh, watching. Is it the same town as the other one?
Like Quote Reply

Raven Nine
Not a kettle, officially
Feb 2, 2020 #3

> Mosaic said: Is it the same town?

Nearly. Same river.
Like Quote Reply

Threadmarks: Flame 1.2

Raven Nine
Not a kettle, officially
Feb 9, 2020 #4

Flame 1.2

{STORY}

Like Quote Reply
Next Last
You must log in or register to reply here.
"""


def test_a_thread() -> None:
    parsed = read(THREAD)
    assert known(parsed, "tags", "published") == [
        *("The Bell Warden", ["Raven Nine"], ("original", "space"), "Feb 2, 2020")
    ]
    assert shown(parsed) == ["# [chapter] Flame 1.1", *TOLD, "# [chapter] Flame 1.2", *TOLD]
    others = [text for rule, text in left_out(parsed) if rule == "posts by others"]
    assert others == ["Mosaic\nFeb 2, 2020 #2\nOoh, watching. Is it the same town as the other one?\nLike Quote Reply"]
    aside = [text for rule, text in left_out(parsed) if rule == "posts beside the story"]
    assert aside == [
        "Raven Nine\nNot a kettle, officially\nFeb 2, 2020 #3\n> Mosaic said: Is it the same town?\n"
        "Nearly. Same river.\nLike Quote Reply"
    ]
    assert [f.message for f in parsed.findings if f.code == "html-other-posts"] == [
        "1 post is by somebody else than Raven Nine and is left out"
    ]


def test_a_thread_whose_heads_stand_row_by_row() -> None:
    head = "Threadmarks\nSalt {0}\nO\nOld Brine\nVersed in the trade.\nMay {0}, 2021\nThreadmarks\nAdd bookmark\n#{0}"
    parsed = read(
        "The Salt Ledger\nThread starter\nOld Brine\nStart date\nMay 4, 2021\nTags\nfantasy\n\nReader mode\n1\n2\nNext\n"
        f"{head.format(1)}\nSalt 1\n\n{STORY}\nLike Reply Report\n"
        "Grue\nNot too sore, are you?\nMay 4, 2021\nAdd bookmark\n#2\nWatched.\nLike Reply Report\n"
        f"{head.format(3)}\nSalt 3\n\n{STORY}\nLike Reply Report\n"
    )
    assert known(parsed, "tags") == ["The Salt Ledger", ["Old Brine"], ("fantasy",)]
    assert shown(parsed) == ["# [chapter] Salt 1", *TOLD, "# [chapter] Salt 3", *TOLD]


def test_an_older_boards_thread() -> None:
    head = (
        "{0}\nKeeper\n\n\nJoined: 12 Jan 2005\nPosts: 345\n\nPosted: Tue Mar 03, 2009 5:12 pm    Post subject: {1}\n\n"
    )
    signature = "_________________\nLight is cheap. Oil is not."
    parsed = read(
        f"View previous topic :: View next topic\nAuthor\tMessage\n{head.format('Wickman', 'The Long Watch')}{STORY}\n"
        f"{signature}\nBack to top\n{head.format('Mossy', '')}Oh this is lovely! More please?\nBack to top\n"
        f"{head.format('Wickman', 'Part Two')}Part Two\n\n{STORY}\n{signature}\nBack to top\n"
        "You cannot reply to topics in this forum\nPowered by phpBB © 2005 phpBB Group\n"
    )
    assert known(parsed) == ["The Long Watch", ["Wickman"]]
    assert shown(parsed) == ["# [front]", *TOLD, "# [part 2] Part Two", *TOLD]
    assert [text for rule, text in left_out(parsed) if rule == "signature"] == [signature] * 2


def test_a_thread_whose_writer_was_misread_is_kept() -> None:
    parsed = read(f"Thread starter: Nobody At All\n\nAnn\nFeb 2, 2020 #1\n\n{STORY}\n\nLike Quote Reply\n")
    assert [line for line in shown(parsed) if line in TOLD] == TOLD


def test_a_journals_entry() -> None:
    top = "ada (ada) wrote in lamp_fic,\n@ 2006-04-12 23:51:00\n\nEntry tags: fic\nCurrent mood: accomplished\n\n"
    labels = "Title: Small Weather\nAuthor: ada\nRating: G\nSummary: It rains.\nAuthor's Notes: Unbeta'd, all mine.\n\n"
    parsed = read(f"{top}{labels}{STORY}\n\n(Post a new comment)\n")
    assert known(parsed, "published", "description", "tags") == [
        *("Small Weather", ["ada"], "2006-04-12", "It rains.", ("fic",))
    ]
    assert shown(parsed) == ["note-before:", "  p Author's Notes: Unbeta'd, all mine.", *TOLD]


def test_a_blogs_post() -> None:
    parsed = read(f"moss-and-tin:\n\nthe last train\n\n{STORY}\n\n#my fic #trains\n\n 1,204 notes\n")
    assert known(parsed, "tags") == ["the last train", ["moss-and-tin"], ("my fic", "trains")]
    assert shown(parsed) == TOLD


def test_people_who_chat_are_no_blog() -> None:
    chat = "\n\n".join(f"{who}:\n\n{A}" for who in ("ann", "ben"))
    assert shown(read(chat)) == [line for who in ("ann", "ben") for line in (f"p {who}:", f"p {A}")]


@pytest.mark.parametrize("sure", ["", "Войти\nРегистрация\n\n"])
def test_labels_in_russian(sure: str) -> None:
    text = (
        f"{sure}Пятый зонт\n\nНаправленность: Джен\nАвтор: Сонная Цапля\nФэндом: Ориджиналы\nРейтинг: PG-13\n"
        "Метки: Мистика, Чай\nОписание:\nНикто там не живёт.\nПосвящение:\nТёте\nПримечания автора:\nПервый раз.\n\n"
        "Глава 1\n\nЗонт пропал в среду, а в четверг вернулся.\n\n— Это не я, — сказал Вася с пятого этажа.\n"
    )
    parsed = read(text)
    assert known(parsed, "fandoms", "tags", "rating", "description", "extra") == [
        *("Пятый зонт", ["Сонная Цапля"], ("Ориджиналы",), ("Мистика", "Чай"), "PG-13", "Никто там не живёт."),
        (("Посвящение", "Тёте"),),
    ]
    assert shown(parsed) == [
        *("# [front]", "note-before:", "  p Примечания автора:", "  p Первый раз.", "# [chapter 1] Глава 1"),
        "p Зонт пропал в среду, а в четверг вернулся.",
        "p — Это не я, — сказал Вася с пятого этажа.",
    ]


def test_a_site_in_chinese() -> None:
    parsed = read(
        "《铜钟楼》\n作者：林见秋\n\n内容简介：\n　　山下有一座钟楼。\n\n------------\n\n第一章 不响\n\n　　老周的钟楼立在河边。\n\n"
        "　　（本章完）\n\n上一章 目录 下一章\n\n第二章 起风\n\n　　钟修好的那天，起风了。\n\n　　孩子拉了拉绳。\n\n　　他站在楼下，不敢动。\n\n　　风吹过河面。\n\n　　（全书完）\n\n作者有话说：\n新坑开了，求收藏！\n"
    )
    assert known(parsed, "description") == ["铜钟楼", ["林见秋"], "山下有一座钟楼。"]
    assert shown(parsed) == [
        *("# [chapter 1] 第一章 / 不响", "p 老周的钟楼立在河边。"),
        *(
            "# [chapter 2] 第二章 / 起风",
            "p 钟修好的那天，起风了。",
            "p 孩子拉了拉绳。",
            "p 他站在楼下，不敢动。",
            "p 风吹过河面。",
            "p (center) （全书完）",
            "note-after:",
            "  p 作者有话说：",
            "  p 新坑开了，求收藏！",
        ),
    ]


def test_a_translators_chapter() -> None:
    nav = "<< Previous Chapter | Table of Contents | Next Chapter >>"
    text = (
        f"{nav}\n\nThe Duchess Declines\nVolume 3, Chapter 88 - The Pike\n\nAuthor: Lin Mo\n"
        f"Translator: drowsyplum   Editor: Saucer\n\n+++++\n\n{A}\n\n.oOo.\n\n{B}\n\n.oOo.\n\n{C}\n\n+++++\n\n"
        f"TN: On to the next volume!\n\nRead ahead on our Patreon | Join the Discord\n{nav}\n"
    )
    parsed = read(text)
    said = parsed.book.metadata
    assert (said.title, [(p.name, p.role) for p in said.people]) == (
        "The Duchess Declines",
        [("Lin Mo", "aut"), ("drowsyplum", "trl"), ("Saucer", "edt")],
    )
    assert shown(parsed) == [
        *("# [chapter 88] Volume 3, Chapter 88 / The Pike", f"p {A}", "break .oOo.", f"p {B}", "break .oOo.", f"p {C}"),
        *("note-after:", "  p TN: On to the next volume!"),
    ]
    assert ("interface of a site", f"Read ahead on our Patreon | Join the Discord\n{nav}") in left_out(parsed)


def test_a_blogs_frame() -> None:
    top = "Skip to content\nLamp Translations\nMenu\nHome\nProjects\nAbout"
    end = "Share this:\nTwitter\nFacebook\n\nRelated\nThe Lamp Chapter 87\nMarch 1, 2018\n\n"
    comments = "14 thoughts on “The Lamp Chapter 88”\n\nradishfan says:\nMarch 3, 2018 at 5:12 pm\nThanks!\nReply\n"
    parsed = read(f"{top}\n\nThe Salt Road\n\nPosted on March 3, 2018 by plumwine\n\n{STORY}\n\n{end}{comments}")
    assert known(parsed)[0] == "The Salt Road"
    assert shown(parsed) == TOLD
    assert left_out(parsed) == [
        ("interface of a site", top),
        ("head of the file", "The Salt Road"),
        ("interface of a site", "Posted on March 3, 2018 by plumwine"),
        ("interface of a site", "Share this:\nTwitter\nFacebook"),
        ("list of other stories", "Related\nThe Lamp Chapter 87\nMarch 1, 2018"),
        ("comments", comments.strip().replace("\n\n", "\n")),
    ]


def test_a_trail_row_by_row_names_what_stands_below() -> None:
    trail = "Home\nSeries\nThe Goblin's Clerk\nChapter 4 - Dust"
    parsed = read(
        f"{trail}\nThe Goblin's Clerk\nChapter 4 - Dust\nby Quillwort\nBookmark\nTable of Contents\nPrevious\nNext\n\n"
        f"{STORY}\n\nPrevious\nNext\n5\nReport\nReviews\nPost Comment\n"
    )
    assert known(parsed) == ["The Goblin's Clerk", ["Quillwort"]]
    assert shown(parsed) == ["# [chapter 4] Chapter 4 / Dust", *TOLD]


@pytest.mark.parametrize(
    "word",
    ["Share", "Review", "Top", "Reply", "Home", "Next", "97", "Comments", "by Ann Bell", "Related"],
)
def test_a_word_alone_is_the_storys(word: str) -> None:
    parsed = read(f"{STORY}\n\n{word}\n\n{STORY}")
    assert shown(parsed) == [*TOLD, f"p {word}", *TOLD]
    assert left_out(parsed) == []


def test_chapters_that_are_called_like_an_interface() -> None:
    parsed = read(
        f"Previous Chapter | Next Chapter\n\nChapter 41 - Privacy Policy\n\n{STORY}\n\nChapter 42 - Large Font\n\n{STORY}\n\n"
        "Previous Chapter | Next Chapter\n"
    )
    assert shown(parsed) == [
        *("# [chapter 41] Chapter 41 / Privacy Policy", *TOLD),
        *("# [chapter 42] Chapter 42 / Large Font", *TOLD),
    ]


def test_a_number_over_a_chapter_is_its_heading() -> None:
    nav = "Previous Chapter | Next Chapter"
    parsed = read("\n\n".join(f"{nav}\n\n{n}\n\n{STORY}" for n in (1, 2, 3)))
    assert [line for line in shown(parsed) if line.startswith("#")] == [f"# [chapter {n}] {n}" for n in (1, 2, 3)]


def test_a_list_of_characters_is_a_plays() -> None:
    cast = "Characters:\nANN, a widow\nJON, her son\n\nNotes on the place:\nA kitchen."
    assert "ANN, a widow" in " ".join(shown(read(f"{cast}\n\n{STORY}")))


def test_comments_that_nobody_signs_take_no_story() -> None:
    parsed = read(f"Previous Chapter | Next Chapter\n\nPost Comment\n\n{STORY}\n\n{STORY}")
    assert [line for line in shown(parsed) if line in TOLD] == TOLD * 2


def test_notes_announced_again_and_again() -> None:
    parsed = read("\n\n".join(f"Chapter {n}\n\n{STORY}\n\nA note from P. Nib\n\nThanks for all." for n in (1, 2)))
    assert shown(parsed) == [
        line
        for n in (1, 2)
        for line in (
            f"# [chapter {n}] Chapter {n}",
            *TOLD,
            "note-after:",
            "  p A note from P. Nib",
            "  p Thanks for all.",
        )
    ]


def test_a_note_of_somebody_in_the_story_is_the_storys() -> None:
    parsed = read(f"{STORY}\n\nA note from Mother\n\n{STORY}")
    assert shown(parsed) == [*TOLD, "p A note from Mother", *TOLD]


def test_a_thread_whose_writers_stand_below_the_dates() -> None:
    head = "03-1{0}-2009, 05:14 PM   #{0}\n{1}\nSenior Member\n\nJoin Date\nJan 2005\nPosts\n1,204\n\nDefault {2}\n"
    quote = "Reply With Quote Reply With Quote\n"
    parsed = read(
        f"PDA\nView Full Version : The Brass Heron\nThread Tools\nDisplay\n{head.format(1, 'Tallow', 'The Brass Heron')}"
        f"{STORY}\n{quote}{head.format(2, 'Grue', 'Re: The Brass Heron')}Nice start!\n{quote}"
        f"{head.format(3, 'Tallow', 'Part two')}{STORY}\n{quote}« Previous Thread | Next Thread »\n"
    )
    assert known(parsed) == ["The Brass Heron", ["Tallow"]]
    assert shown(parsed) == ["# [front]", *TOLD, "# [part 2] Part two", *TOLD]
    assert [f.code for f in parsed.findings if f.code == "html-other-posts"] == ["html-other-posts"]


def test_a_sites_name_and_what_it_says_between_paragraphs() -> None:
    lines = (
        "If you find any errors ( broken links, non-standard content, etc.. ), Please let us know < report chapter > "
        "so we can fix it as soon as possible.\nTip: You can use left, right, A and D keyboard keys to browse between chapters."
    )
    parsed = read(
        f"Novel Updates\nThe Polite Sword\nPrev\nNext\nChapter 12: No\nTranslator: Mochi Editor: Gareth\n{STORY}\n\n{lines}\n"
    )
    said = parsed.book.metadata
    assert [(p.name, p.role) for p in said.people] == [("Mochi", "trl"), ("Gareth", "edt")]
    assert shown(parsed) == ["# [chapter 12] Chapter 12 / No", *TOLD]
    assert ("interface of a site", "Novel Updates") in left_out(parsed)
    assert ("interface of a site", lines) in left_out(parsed)


def test_a_title_that_stands_twice_above_the_byline() -> None:
    parsed = read(
        f"The Clockmaker's Bird\nThe Clockmaker's Bird\nby Pim Oddfellow\n\nChapter 1\n\n{STORY}\n\n"
        "Add to library 12\nDiscussion 3\nBookmark\nNext Chapter\nMore from this author\nThe Tin Owl\n"
    )
    assert known(parsed) == ["The Clockmaker's Bird", ["Pim Oddfellow"]]
    assert shown(parsed) == ["# [chapter 1] Chapter 1", *TOLD]


def test_a_chapter_below_a_list_of_other_stories() -> None:
    parsed = read(f"{STORY}\n\nYou'll also like\nThe Tin Owl\n\nThe Second Night\n\n{STORY}")
    assert [line for line in shown(parsed) if "The Second Night" in line]
    assert ("list of other stories", "The Tin Owl") in left_out(parsed)


TURNS = (
    "The lantern went out before anybody had reached the stair, and Osk counted the steps aloud so that the others "
    "would know where he stood. Nobody answered him. Below, the water had begun to talk to itself again.",
    "Mirel did not count. She went down on her hands and knees, felt along the wall for the iron ring, and found a "
    "hand there already, cold as the wall was. “Osk,” she said, “tell me that this is yours.”",
    "It was not his. Far above them the boy had found the oil and no wick, and he stood with the jug in his arms as "
    "if it were a child, listening to two people fall silent at the same moment.",
)


def test_a_thread_that_several_tell_in_turn() -> None:
    heads = zip(("Wickman", "Mossy", "Grue"), TURNS, strict=True)
    posts = "".join(
        f"{who}\nFeb {n}, 2020 #{n}\n\n{said}\n\nLike Quote Reply\n" for n, (who, said) in enumerate(heads, 1)
    )
    parsed = read(f"The Cistern\n\n{posts}You must log in or register to reply here.\n")
    assert parsed.book.metadata.authors == ("Wickman", "Mossy", "Grue")
    told = "\n".join(shown(parsed))
    assert [said in told for said in TURNS] == [True] * 3
    assert [who in told for who in ("Mossy", "Grue")] == [True] * 2
    assert "html-told-in-turn" in [f.code for f in parsed.findings]
