"""Quotation marks and apostrophes point the right way: American, British, dialect, damaged, typed in odd ways."""

from __future__ import annotations

import pytest

from tests.passes import improve, typeset

STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "--", "…": "..."})

AMERICAN = """\
“I shan’t,” said Ned. “Not for you, not for anyone.”
“Did she say ‘tomorrow’ or ‘on the morrow’?” he asked.
“‘Tis no matter,’ he told me, and ‘Good night,’ and then he went.”
“ ‘Never,’ she said,” he went on. “ ‘Never!’ ”
She called it a ‘holiday’; I called it “three weeks of rain.”
“Wait—” “No.” “But—” “I said no!”
“I thought—” he began—“that is, I hoped—” and he stopped.
He looked up—“Who’s there?”—and nobody answered.
(“Quietly,” she said. “Quietly!”)
“…and then?” “Nothing…” “Nothing?”
’Twas the night before the fair, and ’tis the night before it still.
“Give ’em here,” he said, “or I’ll come an’ get ’em.”
The ’90s were loud; the summer of ’69 was louder, and ’tis said the 1920’s were too.
The Joneses’ dog, the dogs’ bowls, James’s hat and Moses’ staff.
Rock ’n’ roll, salt ’n’ vinegar, and a cup o’ tea.
“They was goin’ an’ comin’ all mornin’, singin’ and shoutin’,” she said.
“’E’s not ’ere, guv’nor. ’E went ’ome with ’is ’ands in ’is pockets, ’e did.”
“Och, ye’ll no’ be goin’ wi’ him the day, an’ him wi’ a heid fu’ o’ ale!”
“Sure an’ ’twas himself, God rest ’im, that tould me so,” said the widow.
“We’uns ain’t never been ’round these parts,” the boy said, “’cept fer the buryin’.”
“I hear tell y’all had a gatherin’ ’fore sundown, down ’long the crick.”
“Let ’er go, ’Arry!” “I ’ave let ’er go!”
“The sign said ‘No ’orses’ and I ain’t got no ’orse.”
He read: “Dear Sir, I am, &c.” and threw it away.
“Who said ‘Help’? I heard ‘Help!’ from the cellar.”
“Is this the one called ‘The Crow’?” “No—‘The Raven.’”
“’Kay, ’cause I said so,” he muttered. “’Sup?”
“C’mon, ’fess up! Y’all’re ’bout as sneaky as a ’possum.”
He called her ‘darling’ and ‘love’ and ‘my dear’.
The so-called ‘safe house’ wasn’t.
“You said, and I quote, ‘I’ll be there.’ You weren’t.”
“What’s a ‘kelpie’?”
The word ‘dogs’ is plural; ‘dogs’’ isn’t a word.
“It’s Chris’ turn,” he said. “No, it’s Ross’s.” The girls’ room was the boys’.
“Tha’s no’ what I meant, ye ken,” Fergus said. “An’ dinnae ye be tellin’ ’em otherwise.”
“’Ow’s your ’ead, then?” “’Orrible.”
“She said ’twas ‘quite enough’ an’ that ’twouldn’t do.”
“Bring the ’orses ’round, ’Enry!” cried Mrs. ’Iggins.
“I reckon ’tain’t no use a-hollerin’ ’less somebody’s home.”
“D’you think,” she whispered, “that he’s ‘the one’?”
“In ’42 we shipped out; by ’45 there was six of us left.”
“‘To be, or not to be,’” he quoted, “‘that is the question.’”
“’Tis nothing,” she said.
“Oh, God, oh, God,” he whispered. “‘Help me,’ she’d said. ‘Help me.’”
The sign read ‘Closed’. The other one read ‘Open 9 to 5’.
He muttered something about ‘them bloody tourists’ and left.
“Mmm’kay. G’night, Ma’am.” O’Brien’s o’er the hill, ma’am.
“I’m tellin’ ya, it were the Smiths’ barn as burned, not the Joneses’.”
“Who’s ‘we’?” “You an’ me.” “Since when’s there a ‘you an’ me’?”
“’Bout time you showed,” said Hank.
“Jes’ lemme set a spell, an’ I’ll tell you ’bout ol’ man Tucker’s mule.”
“Whist now, ’tis only the wind in the thatch, an’ it cryin’ like a banshee.”
“Wi’ a’ due respec’, sir, the crew’s no’ happy.”
“Aye, ’e were a good ’un, were ol’ Bert.”
“They’re callin’ it ‘progress’,” the old man said, “an’ I calls it thievin’.”
“Rock ’n’ roll!” “Fish ’n’ chips?” “Cat-o’-nine-tails.”
It was his ‘brother’s’ idea.
“The ’phone’s ringing,” she said; “the ’bus has gone.”
“What d’ye mean, ‘gone’? Gone where?”
She’d written ‘Dear John,’ crossed it out, and written ‘Johnny—’ instead.
“I—” “Don’t.” “But you said—” “‘But’ nothing.”
Ten years’ work; a fortnight’s pay; for goodness’ sake.
“Is that a ‘yes’ or a ‘no’?” “It’s a ‘maybe.’”
The children yelled, “Trick or treat!” and ran.
His T’s and I’s; the three R’s; mind your p’s and q’s.
"""

BRITISH = """\
‘I shan’t,’ said Ned. ‘Not for you, not for anyone.’
‘Did she say “tomorrow” or “on the morrow”?’ he asked.
‘The dogs’ bowls are empty,’ said Ruth, ‘and so are the cats’.’
‘Give ’em here,’ he said, ‘or I’ll come an’ get ’em.’
‘It’s the Joneses’,’ she said. ‘I don’t like to touch it.’
‘“Never,” she told me,’ he went on. ‘“Never!”’
‘Wait—’ ‘No.’ ‘But—’ ‘I said no!’
It wasn’t hers; it wasn’t the boys’ either. ‘Whose, then?’
‘I heard,’ said the girl, ‘that ’tis haunted.’
‘You’ll want a cup o’ tea,’ said Nurse Penn, ‘an’ a bun.’
‘He said, “I won’t,” and he didn’t,’ said Tom.
He looked up—‘Who’s there?’—and nobody answered.
‘What of it?’ ‘Nothing.’ ‘Nothing at all?’ ‘Nothing.’
"""


@pytest.mark.parametrize("line", AMERICAN.splitlines())
def test_double_marks_outside(line: str) -> None:
    plain = line.replace("“ ‘", "“‘").replace("’ ”", "’”")
    texts, _, _ = improve("en", *['"Yes," he said.'] * 8, plain.translate(STRAIGHT))
    assert texts[-1] == plain


@pytest.mark.parametrize("line", BRITISH.splitlines())
def test_single_marks_outside(line: str) -> None:
    texts, _, _ = improve("en", *["'Yes,' he said."] * 8, line.translate(STRAIGHT))
    assert texts[-1] == line


def test_speech_goes_on_over_paragraphs() -> None:
    texts, _, doubts = improve("en", '"It was late.', '"It was dark.', '"It rained," she said.', "'Twas so.")
    assert texts == ["“It was late.", "“It was dark.", "“It rained,” she said.", "’Twas so."]
    assert doubts == []


def test_a_letter_read_aloud() -> None:
    texts, _, _ = improve("en", '"He wrote:', "\"'Dear Ann, I can't come.", "\"'Yours, Joe.'", '"That was all."')
    assert texts == ["“He wrote:", "“‘Dear Ann, I can’t come.", "“‘Yours, Joe.’", "“That was all.”"]


def test_marks_that_are_missing() -> None:
    texts, _, doubts = improve("en", '"Come," she said. Come at once!"', 'She sat. "It is over.', "He rose.")
    assert texts == ["“Come,” she said. Come at once!”", "She sat. “It is over.", "He rose."]
    assert [d.code for d in doubts] == ["quotes-unbalanced", "quotes-unbalanced"]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("``Go,'' he said, ``or don't; it's `your' choice.''", "“Go,” he said, “or don’t; it’s ‘your’ choice.”"),
        ("''Go,'' he said, ''or don't.'' ''No.''", "“Go,” he said, “or don’t.” “No.”"),
        ("´´Go,´´ he said, ´´or don´t.´´ ´´No.´´", "“Go,” he said, “or don’t.” “No.”"),
        ("\"We´ve lost it,\" he said. \"It´s gone.\"", "“We’ve lost it,” he said. “It’s gone.”"),
        ("″Go,″ he said, ″or don′t.″", "“Go,” he said, “or don’t.”"),
        ("＂Go,＂ he said.", "“Go,” he said."),
        ("It`s the dog`s.", "It’s the dog’s."),
        ("He is 6'2\" tall; the board is 12\" wide.", "He is 6′2″ tall; the board is 12″ wide."),
    ],
)  # fmt: skip
def test_typed_in_other_ways(typed: str, wanted: str) -> None:
    assert typeset(typed) == wanted


def test_the_book_says_which_words_are_cut() -> None:
    texts, _, _ = improve(
        "en", *['"They \'uz gone," he said. "I \'uz alone."'] * 3, "\"It 'uz all los', an' he knew it.\""
    )
    assert texts[-1] == "“It ’uz all los’, an’ he knew it.”"


def test_typeset_text_is_left_alone() -> None:
    lines = ["“Ready?” she said. ‘Quite’ was his word.", "»Nein«, sagte er.", "„Tak”, rzekł.", "『はい』「いいえ」"]
    for line in lines:
        assert improve("en", line)[1] == []


def test_a_straight_mark_in_typeset_text() -> None:
    assert typeset('“Ready?” she said. "Quite," said he. “Go, then—don\'t wait.”') == (
        "“Ready?” she said. “Quite,” said he. “Go, then—don’t wait.”"
    )


def test_a_word_processors_slip_before_a_cut_word() -> None:
    assert typeset("“Get ‘em,” he said. “‘Tis late, and the ‘90s are over.”") == (
        "“Get ’em,” he said. “’Tis late, and the ’90s are over.”"
    )
    assert typeset("“He said ‘Tis late’ and left.”") == "“He said ‘Tis late’ and left.”"


def test_verse_is_read_as_one() -> None:
    from converter.document.model import Book, Chapter, Line, Metadata, Text, Verse
    from converter.document.text_units import chapter_units
    from converter.passes import passes_for

    stanza = tuple(
        Line((Text(t),)) for t in ('"O come," he sang, "and bring', "  the lute, the lamp, the ring", 'to me!"')
    )
    book = Book(metadata=Metadata(), chapters=(Chapter(blocks=(Verse((stanza,)),)),))
    for _, each_pass in passes_for("en"):
        done = each_pass(book)
        book = done.book
        assert done.findings == ()
    assert [u.text for u in chapter_units(book.chapters[0])] == [
        "“O come,” he sang, “and bring",
        "the lute, the lamp, the ring",
        "to me!”",
    ]


def test_double_angles_beside_quotation_marks_are_no_quotes() -> None:
    told = '"Who is there?" she asked.\n\n<<System: the gate is open>>\n\n"Nobody," he said.\n'
    assert "<<System: the gate is open>>" in typeset(told)
    assert "“It is I,” he said." in typeset("<<It is I,>> he said.")
