"""Every finding says what it always said: its words, code and severity follow from its facts, in any process."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import get_args

import pytest

from converter.document.findings.chapters import (
    ChapterEmpty,
    ChapterMissing,
    ChapterNone,
    ChapterOrder,
    ChapterPattern,
    ChapterRepeated,
    ChapterTwice,
    ContentsDisregarded,
    HeadingDoubt,
    NoteEnd,
)
from converter.document.findings.copies import (
    CopyApart,
    CopyCollection,
    CopyGone,
    CopyLeft,
    CopyNames,
    CopyNumbers,
    CopyOrder,
    CopyRemarks,
    CopyVersion,
)
from converter.document.findings.cover import CoverCoarse, CoverCut, CoverFailed, CoverLetters, CoverSigns, CoverSpine
from converter.document.findings.encoding import EncodingDoubt, EncodingLost, EncodingNonsense, EncodingRepaired
from converter.document.findings.heap import Heap, Heaped
from converter.document.findings.metadata import (
    BookEdited,
    BooksRenamed,
    CoverUnfit,
    MetadataFileName,
    MetadataLanguage,
    MetadataNoAuthor,
    MetadataNoTitle,
    SettingUnused,
    SidecarOutside,
    VolumesRemoved,
)
from converter.document.findings.pages import (
    HtmlHidden,
    HtmlHiddenStory,
    HtmlOtherPosts,
    HtmlToldInTurn,
    HtmlUnclosed,
    HtmlUnlocated,
    LeftOutProse,
    PageContinues,
    PagePlayed,
    SiteChanged,
    StoryUnfinished,
)
from converter.document.findings.pictures import ImageMissing, ImageUnusable
from converter.document.findings.plugin import PluginFinding
from converter.document.findings.printing import (
    PrintHorizontal,
    PrintInstalledFont,
    PrintLeftOut,
    PrintNoGlyph,
    PrintOnlyBold,
)
from converter.document.findings.reading import (
    Broken,
    CheckFailed,
    EndedReading,
    Fault,
    Killed,
    OutOfMemory,
    OutOfTime,
    PassFailed,
    ProofUnbalanced,
    ReadingGivenUp,
    ReadPlainly,
    Refused,
    Unbalanced,
    broken,
)
from converter.document.findings.union import Finding
from converter.document.findings.words import (
    EmphasisOpen,
    ForeignMarks,
    LibraryMark,
    NameMixed,
    QuotesUnbalanced,
    SentenceBroken,
    SpaceStray,
    StoryCut,
    StoryTiny,
    StoryUnlikely,
    TextNotLoaded,
    TextScrambled,
    TextTakenBack,
    WordDoubled,
)
from converter.document.findings.works import (
    ArchiveAuthors,
    ArchivePart,
    MailAttached,
    StoryAlike,
    StoryPart,
    StoryTwin,
    WorkDates,
    WorkOrder,
    WorkPartGone,
    WorkPartRefused,
    WorkPartRepeated,
    WorkUnsure,
)
from converter.document.model import Origin

ROW = re.compile(r"^\| `([a-z.-]+)` \| ([\w, ]+) \|", re.M)
ROWS = dict(ROW.findall((Path(__file__).parent.parent / "docs" / "findings.md").read_text("utf-8")))
AT = Origin("salt.txt", 7)
LOST = Fault("lost", 3, "the salt road", AT, "along")
ADDED = Fault("added", 1, "salt", Origin("salt.txt", 9))
LETTER = "'a' (U+0061)"
REPORT = "please report it with the story"
SAVE = "save the page complete with its pictures"
NAME_IT = "save it as UTF-8, or name its encoding (--encoding koi8-r, or cp037 for a file of a mainframe)"
WHY = "see `chapbook inspect --why`"

SAID: list[tuple[Finding, str]] = [
    (ArchiveAuthors((("Ada", "Bo"), ("Cy",)), AT), "the archive holds works by Ada, Bo and by Cy, and they became one book; unpack it to convert them apart"),
    (ArchivePart("a.html", "twice"), "a.html is there twice; the last of them is read"),
    (ArchivePart("a.txt", "text"), "a.txt is a text and not read with the archive's pages; unpack it and convert it by itself"),
    (ArchivePart("a.epub", "book"), "a.epub is not read with the archive's pages; unpack it and convert it by itself"),
    (ArchivePart("a.html", "packed", "is locked with a password"), "a.html is locked with a password"),
    (ChapterEmpty("One"), "nothing stands in “One”"),
    (ChapterMissing(None, 3, "Three"), f"the first numbered chapter is 3 (“Three”); {WHY}"),
    (ChapterMissing(3, 5, "Five"), f"no chapter 4: 3 is followed by 5 (“Five”); {WHY}"),
    (ChapterMissing(3, 7, "Seven"), f"no chapters 4 to 6: 3 is followed by 7 (“Seven”); {WHY}"),
    (ChapterNone(21_000), "no chapters were found in 21,000 words; say how they begin with --chapter REGEX, or that there are none with --no-chapters"),
    (ChapterNone(21_000, "One"), "no chapters were found in the 21,000 words of “One”; say how they begin with --chapter REGEX, or that there are none with --no-chapters"),
    (ChapterOrder(5, 3, "Three"), f"chapter 3 comes after chapter 5 (“Three”); {WHY}"),
    (ChapterPattern("^Ch"), "--chapter “^Ch” matches no line that could be a heading"),
    (ChapterPattern("^Ch", 4), "--chapter “^Ch” matches no line that could be a heading, only text inside paragraphs (line 4): set a blank line around the headings"),
    (ChapterPattern("^Ch", 0, ((9, "Nine"), (2, "T" * 70))), f"--chapter “^Ch” matches no line that could be a heading; the lines most like headings are 2 “{'T' * 60}”; 9 “Nine”"),
    (ChapterRepeated(3, "Three"), f"there are two chapters numbered 3 (“Three”); {WHY}"),
    (ChapterTwice("Two", "One"), "“Two” has the same text as “One”"),
    (CheckFailed(Broken("KeyError", "'a'")), f"the story was not checked to its end (KeyError: 'a'); {REPORT}"),
    (ContentsDisregarded("its entries lead nowhere"), "the file's contents list was not used: its entries lead nowhere; look whether the chapters read off its text are right"),
    (ContentsDisregarded("its entries say nothing", ("Unknown", "Page 12")), "the file's contents list was not used: its entries say nothing (“Unknown”, “Page 12”); look whether the chapters read off its text are right"),
    (CopyApart("b.txt", 1, "their titles differ", AT), "it shares 1 chapter with b.txt, but their titles differ: taken for another story"),
    (CopyCollection(("a.txt", "b.txt"), AT), "it holds what a.txt, b.txt hold, which are different stories; it was left out of their books"),
    (CopyNames("title", ("Salt", "Sea", "Sun"), AT), "one story with different titles: Salt was kept, others are Sea, Sun"),
    (CopyOrder(("Three",), "b.txt", contradicts=True), "in b.txt in another order than in a fuller or newer copy, whose order was kept: Three"),
    (CopyNumbers((("Chapter 4", "Chapter 5"), ("Chapter 5", "Chapter 6")), "old.txt", AT), "the copies count in different ways: of old.txt, Chapter 4 is Chapter 5 here, Chapter 5 is Chapter 6 here"),
    (CopyLeft("Salt 1.txt", AT), "by its name it is a chapter of the work of Salt 1.txt, but no text tells so: it is in no book"),
    (CopyGone("new.txt", 4, AT), "new.txt has a note in place of 4 chapters: the book has what other copies have there, and no note"),
    (CopyRemarks("read.txt", 9, AT), "read.txt holds a reader's comments (9): the book has its chapters as a copy without them has them"),
    (CopyOrder(("One", "Two", "Three", "Four"), "b.txt", contradicts=False), "nothing tells where One, Two, Three ... of b.txt belong among the chapters of the other copies"),
    (CopyVersion("Three", "a.txt", "b.txt", "has 40 words that it has not", AT), "Three is kept from a.txt, but b.txt has 40 words that it has not; compare the two"),
    (CopyVersion("", "a.txt", "b.txt", "is newer by its name"), "a chapter is kept from a.txt, but b.txt is newer by its name; compare the two"),
    (CoverCoarse(150, 300), "the cover's picture has 150 dots per inch in print, and printers ask for 300"),
    (CoverCut("title", 300), "the cover shows only the first 300 characters of the title"),
    (CoverFailed("OSError", plain=True), "the cover could not be drawn as it should be (OSError) and is a plain one; give one with --cover, and please report it"),
    (CoverFailed("OSError", plain=False), "the cover could not be drawn (OSError); give one with --cover, and please report it"),
    (CoverLetters("title", "塩" * 41, "塩"), f"the cover leaves off the title '{'塩' * 39}…': no font here can show '塩' (U+5869); install a font for it (as Noto Sans CJK), or give an image with --cover"),
    (CoverLetters("author", "שלום", "של"), "the cover leaves off the author 'שלום': no font here can show 'ש' (U+05E9), 'ל' (U+05DC); install FriBiDi, which orders and joins such letters, or give an image with --cover"),
    (CoverLetters("series", "ꔀ", "ꔀ"), "the cover leaves off the series 'ꔀ': no font here can show 'ꔀ' (U+A500); install a font for it (as Noto Sans Vai), or give an image with --cover"),
    (CoverSigns("subtitle", "☃"), "the cover shows the subtitle without '☃' (U+2603): no font here has such signs"),
    (CoverSpine("author"), "the author is too long for the spine, which is without it"),
    (CoverSpine("title", "Salt"), "the title is too long for the spine, which shows “Salt”"),
    (EmphasisOpen("*", AT), "“*” opens emphasis that nothing closes: it is kept as a sign"),
    (ForeignMarks("LaTeX", "\\emph{", 2, AT), "marks of LaTeX that were not read: “\\emph{” (2 times)"),
    (EncodingDoubt("cp1252", "few letters"), "read as cp1252, but that is a guess (few letters); save the file as UTF-8 if letters look wrong"),
    (EncodingLost(1), "1 character could not be read and shows as a box; find a better copy"),
    (EncodingLost(2), "2 characters could not be read and shows as a box; find a better copy"),
    (EncodingNonsense("long words", 1, 4), f"the text reads like a wrong encoding: 25% of it stands in words of more than 60 characters; {NAME_IT}"),
    (EncodingNonsense("few letters", 1, 4), f"the text reads like a wrong encoding: only 25% of its characters are letters; {NAME_IT}"),
    (EncodingNonsense("no words", 0, 0), f"the text reads like a wrong encoding: there is hardly a word in it; {NAME_IT}"),
    (EncodingNonsense("two scripts", 3, 9, "aж"), f"the text reads like a wrong encoding: 3 of 9 words mix letters of two scripts, as “aж”; {NAME_IT}"),
    (EncodingNonsense("capitals inside", 4, 9, "aBC"), f"the text reads like a wrong encoding: 4 of 9 words have capitals inside, as “aBC”; {NAME_IT}"),
    (EncodingNonsense("accents", 5, 9, "éé"), f"the text reads like a wrong encoding: 5 of 9 Latin letters have accents, as in “éé”; {NAME_IT}"),
    (EncodingRepaired("double", 1, "cp1252"), "double-encoded UTF-8 repaired in 1 place (it had been read as cp1252)"),
    (EncodingRepaired("double", 2, "cp850"), "double-encoded UTF-8 repaired in 2 places (it had been read as cp850)"),
    (EncodingRepaired("strays", 1, "cp1252"), "1 stray byte inside UTF-8 read as cp1252"),
    (EncodingRepaired("cut off", 3), "the last character was cut off (3 bytes left over)"),
    (EncodingRepaired("pairs", 2), "2 surrogate pairs joined"),
    (EncodingRepaired("lone", 2), "2 lone surrogates replaced by U+FFFD"),
    (EncodingRepaired("cp1252", 2), "2 control characters read as the cp1252 marks they stand for"),
    (EncodingRepaired("controls", 2), "2 control characters removed"),
    (EncodingRepaired("marks", 2), "2 marks without meaning inside the text removed (U+FEFF, U+FFFC)"),
    (EncodingRepaired("zero-width", 2), "2 zero-width spaces removed"),
    (EncodingRepaired("hyphens", 2), "2 soft hyphens removed"),
    (EncodingRepaired("accents", 2), "2 letters and accents written apart joined"),
    (EndedReading(OutOfTime(1.5)), "it was ended after 1.5 seconds, so the story was read plainly, every paragraph as it stands; give it more time with --timeout and convert it again"),
    (EndedReading(OutOfTime(12_345.6)), "it was ended after 12,346 seconds, so the story was read plainly, every paragraph as it stands; give it more time with --timeout and convert it again"),
    (EndedReading(OutOfMemory(2_000.0)), "it was ended when it took more than 2,000 MB of memory, so the story was read plainly, every paragraph as it stands; give it more --memory and convert it again"),
    (EndedReading(Killed(), ("a.epub", "a.txt")), "the converter was killed while it worked on this story, so the story was read plainly for all books but a.epub, a.txt, every paragraph as it stands; try fewer --jobs and convert it again"),
    (HeadingDoubt("Low Water", "capitals"), "“Low Water” was taken for a heading (capitals); --chapter or --no-chapters changes that"),
    (Heap(HeadingDoubt("1", "number 1 of 4", "a number of 4"), 4, 9, (AT, Origin("salt.txt", 9))), "4 headings were taken for one doubtful reason (a number of 4); --chapter or --no-chapters changes that; first in lines 7, 9"),
    (Heap(EmphasisOpen("*", AT), 4, 9, (AT, Origin("b.txt", 9))), "“*” opens emphasis 4 times that nothing closes: it may mean something else here, and stays as a sign; first in salt.txt:7, b.txt:9"),
    (Heap(QuotesUnbalanced("not closed", "x"), 8, 1_000), "in 8 of 1,000 paragraphs the quotation marks don't pair: speech may be marked in some other way, with dashes, single marks, or one mark for each paragraph"),
    (Heap(SentenceBroken("a", "b"), 8, 9), "8 of 9 paragraphs end in mid-sentence: lines of verse, or cut by a program, may have become paragraphs"),
    (Heap(SpaceStray(",", "x"), 1_000, 9), "1,000 times a space stands before a comma or full stop: it may be a habit, or come of a scan"),
    (Heap(WordDoubled("Mine", "x"), 4, 9), "“mine mine” stands there 4 times: it may be meant"),
    (Heap(ChapterEmpty("One"), 4, 9), "nothing stands under 4 of 9 headings: a list of chapters may have been taken for chapters"),
    (Heap(ChapterMissing(1, 3, "x"), 5, 9), "5 times chapter numbers are missing: this may be a selection, or numbers of other things"),
    (Heap(ChapterOrder(3, 1, "x"), 5, 9), "5 times chapters come out of order: several works, or a list, may stand in one file"),
    (Heap(ChapterRepeated(3, "x"), 5, 9), "5 times a chapter's number comes twice: several works, or a list, may stand in one file"),
    (Heap(ChapterTwice("x", "y"), 5, 9), "5 chapters have the same text as another: the file may hold the story twice"),
    (HtmlHidden(9, 2, kept=False), "9 hidden words in 2 places were left out; `--hidden` changes that"),
    (HtmlHidden(23, 2, kept=True, quoted=("w " * 21, "low  tide")), f"23 hidden words in 2 places were kept; `--hidden` changes that: {' '.join('w' * 20)} … | low tide"),
    (HtmlHiddenStory("most"), "most of the page's text is hidden until a script shows it; it is taken as the story"),
    (HtmlHiddenStory("chapters"), "hidden text with chapters' headings like those that are shown is taken as part of the story"),
    (MailAttached("map.pdf"), "map.pdf is attached to the mail and not read; save it, and convert it by itself if it is a story"),
    (StoryUnlikely("a table"), "by its name this is a table, and no story; it holds text, so that was read"),
    (StoryTiny(8), "there are 8 words in all; look whether it is a story, or a note"),
    (StoryTiny(1), "there is one word in all; look whether it is a story, or a note"),
    (PagePlayed(12), "the page is an interactive story: its 12 passages stand in the order of the file, and links lead from one to another"),
    (HtmlOtherPosts(2, "Ada"), "2 posts are by other people than Ada and are left out"),
    (
        HtmlOtherPosts(2, "Ada", telling=1),
        "2 posts are by other people than Ada and are left out; 1 of them may tell a story, too",
    ),
    (HtmlToldInTurn(3, ("Ada", "Bo")), "3 posts by 2 people (Ada, Bo) tell in turn; all of them are kept"),
    (HtmlUnclosed(AT), "a comment is never closed and would swallow what follows; it was read as text: close it with -->"),
    (HtmlUnlocated(), "the story could not be told from the rest of the page; all but menus and forms is taken"),
    (ImageMissing(1, "a" * 121), f"a picture is not beside the page and is left out ({'a' * 120}); {SAVE}"),
    (ImageMissing(2, "a.png", ("A lamp", "x" * 301)), f"2 pictures are not beside the page and are left out (the first is a.png), and the page describes what is missing: “A lamp”, “{'x' * 300} …”; {SAVE}"),
    (ImageMissing(7, "a.png", tuple("abcdefg")), f"7 pictures are not beside the page and are left out (the first is a.png), and the page describes what is missing: “a”, “b”, “c”, “d”, “e” and 2 more; {SAVE}"),
    (ImageMissing(1, "Chart 3", ("Tides",), document=True), "a picture is not in the document, or only drawn by the word processor, and is left out (Chart 3), and the document describes what is missing: “Tides”; put such pictures into it as PNG or JPEG"),
    (ImageUnusable("a.png", "it is broken or cut short"), "the picture a.png is left out: it is broken or cut short"),
    (ImageUnusable("", "it has 9 bytes"), "the picture without a name is left out: it has 9 bytes"),
    (ImageUnusable("", "it has 9 bytes", cover=True), "the archive's cover is left out: it has 9 bytes"),
    (ImageUnusable("", "", cover=True), "the archive's cover is left out: it is too small to be seen"),
    (LeftOutProse("hidden", 99, "The lamp"), "99 words that read like prose were left out as hidden (“The lamp …”); --hidden keep keeps it"),
    (LeftOutProse("navigation", 99, "The lamp"), "99 words that read like prose were left out as navigation (“The lamp …”); chapbook proof shows it"),
    (LibraryMark(AT), "a library's mark stands in the midst of the story; only the mark was left out"),
    (MetadataFileName("salt"), "the title “salt” is only the file's name; say it with --title or a line “Title: ...”"),
    (MetadataLanguage("nl", None, "en"), "the page says that its language is 'en', but its story's words are 'nl'; that is taken; say it with --language"),
    (MetadataLanguage("nl"), "the language looks like 'nl', but that's a guess; say it with --language"),
    (MetadataNoAuthor(), "nobody says who wrote the story; say it with --author or a line “Author: ...”"),
    (MetadataNoTitle(), "nobody says what the story is called; name it with --title"),
    (NameMixed("Kathrine", 1, "Katherine", 9, "Kathrine went"), "“Kathrine” (1 times) beside “Katherine” (9 times) in “Kathrine went”"),
    (NoteEnd("w" * 70), f"“{'w' * 60}” below an author's note speaks to readers and was taken for the story; a line “---” below the note's last paragraph ends it there"),
    (PageContinues("https://lamp.example/2"), "the text goes on at https://lamp.example/2 - save that page too and convert them together"),
    (PassFailed("quotes", Broken("KeyError", "x" * 121)), f"quotes was not set right (KeyError: {'x' * 120}); {REPORT}"),
    (PluginFinding("chat-odd", "an odd line", "warning", AT), "an odd line"),
    (PrintInstalledFont("ab"), "'a' (U+0061), 'b' (U+0062) set in a font installed on this machine; elsewhere it may look different"),
    (
        PrintHorizontal(),
        "the source is set in columns, the PDF in lines from left to right; the EPUB has the columns",
    ),
    (PrintOnlyBold("漢"), "'漢' (U+6F22) set in bold: pip install 'chapbook[east-asia]' brings the fonts of a book"),
    (PrintLeftOut("a picture"), "not in the PDF: a picture"),
    (PrintNoGlyph("aaaaaaaabb"), f"no font on this machine has {', '.join([LETTER] * 8)} and 2 more: the PDF shows empty boxes; install a font for that script"),
    (PrintNoGlyph("a\ue123"), "no font on this machine has 'a' (U+0061): the PDF shows empty boxes; install a font for that script; only the font it was typed in knows '\\ue123' (U+E123): the PDF shows an empty box or another font's sign; type what is meant"),
    (ProofUnbalanced((LOST, ADDED), AT), f"the words of the book are not those of the file: 3 words would be lost: “the salt road” (after “along”, line 7); 1 word would be in the book that the story doesn't have: “salt” (at the beginning, line 9); {REPORT}"),
    (ProofUnbalanced((ADDED,) * 4, AT), f"the words of the book are not those of the file: {'; '.join([str(ADDED)] * 3)} ...; {REPORT}"),
    (QuotesUnbalanced("begun again", "“a “b"), "a quotation begins before the last one has ended, near '“a “b'; add the missing mark"),
    (QuotesUnbalanced("never opened", "a”"), "a mark closes what was never opened, near 'a”'; add the missing mark, or take this one out"),
    (QuotesUnbalanced("never closed", "“a"), "a quotation is opened and never closed, near '“a'; add the missing mark"),
    (QuotesUnbalanced("not opened", "a {x} ”"), "a quotation is closed and was not opened in “a {x} ””"),
    (QuotesUnbalanced("not closed", "“a"), "a quotation is opened and not closed in ““a”"),
    (ReadingGivenUp("footnotes", Unbalanced("3 words would be lost")), f"the story was read without looking for footnotes (with it, 3 words would be lost); {REPORT}"),
    (ReadPlainly(Refused("nothing in it")), f"the story was set plainly, every paragraph as it stands (nothing in it); {REPORT}"),
    (ReadPlainly(Broken("KeyError", "'a'", "notes.py:7")), f"the story was set plainly, every paragraph as it stands (KeyError 'a' in notes.py:7); {REPORT}"),
    (ReadPlainly(Broken("KeyError", "")), f"the story was set plainly, every paragraph as it stands (KeyError); {REPORT}"),
    (SentenceBroken("and nobody", "of them"), "a paragraph ends in mid-sentence: “and nobody | of them”"),
    (SettingUnused("--chapter"), "--chapter has no effect here: it is for plain text, in other files the headings are marked"),
    (SettingUnused("--no-chapters"), "--no-chapters has no effect here: it is for plain text, in other files the headings are marked"),
    (SettingUnused("--site"), "--site has no effect here: it is for web pages"),
    (SettingUnused("--series-index", "3"), "the number 3 has no effect without a series: name it with --series"),
    (SettingUnused("--volumes"), "--volumes parts has no effect here: the story has no two parts"),
    (BookEdited("books/a.epub"), "books/a.epub was changed since it was made and is left as it is; --force makes it anew"),
    (BookEdited("books/a.epub", "a (edited).epub"), "books/a.epub was changed since it was made; the changed book is kept as a (edited).epub, and a new one is in its place"),
    (BooksRenamed(("a.epub", "a.pdf")), "removed, for the books have other names now: a.epub, a.pdf"),
    (VolumesRemoved(("a-volume-3.epub", "a-volume-3.pdf")), "removed, for the story is divided otherwise now: a-volume-3.epub, a-volume-3.pdf"),
    (CoverUnfit("a.png", "the cover image is empty"), "a.png is named as the cover, but the cover image is empty; a cover is drawn"),
    (StoryTwin("a.txt", "a.html", "the same text"), "a.txt is left out beside a.html: the same text"),
    (StoryAlike("b.txt", "a.txt", "perhaps the same story"), "b.txt beside a.txt: perhaps the same story"),
    (SidecarOutside("cover", "../a.png", AT), "the cover ../a.png lies outside the story's folder and is left alone; name it with --cover"),
    (SiteChanged("Lamp Post", "lamp-post"), "the page looks like Lamp Post but the table 'lamp-post' finds no text in it; read as an unknown page"),
    (SpaceStray(",", "lamp , and"), "a space before ',' in “lamp , and”"),
    (TextTakenBack("This story was removed.", AT), "this seems to stand in the place of a text: “This story was removed.”; keep an earlier copy where you have one"),
    (TextNotLoaded("Failed to load", AT), "the page says that a text is missing: “Failed to load”; save it again when all of it is shown"),
    (TextScrambled(40, "the lamp"), "40 letters are private signs that only the site's own font shows, first near “the lamp”; look for a copy with plain letters"),
    (StoryCut("Log in " + "x" * 100), f"the story may be cut here: “Log in {'x' * 93}”; open it with an account that may read all, and save it again"),
    (StoryPart(9, 1, "3"), "the page holds chapter 3 of 9; save the others too and convert them together"),
    (StoryPart(9, 1), "the page holds 1 of 9 chapters; save the others too and convert them together"),
    (StoryPart(9, 2, "3"), "the page holds 2 of 9 chapters; save the others too and convert them together"),
    (StoryPart(9, 2, scope="together"), "2 of 9 chapters are here; save the others too"),
    (StoryUnfinished("3/?"), "the story is unfinished: 3/? chapters"),
    (WordDoubled("The", "The The lamp"), "“The The” in “The The lamp”"),
    (WorkDates(3, False, "01-02-2021"), "3 files stand in the order of the dates in their names, read as month before day (01-02-2021); if they are meant the other way round, name the files in order, with --together"),
    (WorkOrder(("a/b.html",), 5), "nothing tells where b.html stands among the 5 files; name the files in order, with --together"),
    (WorkOrder(("a", "b", "c", "d"), 5), "nothing tells where a, b, c ... stand among the 5 files; name the files in order, with --together"),
    (WorkPartGone(("a.txt",)), "the book was made of more files before: a.txt is gone"),
    (WorkPartGone(("a", "b", "c", "d")), "the book was made of more files before: a, b, c and 1 more are gone"),
    (WorkPartRefused("the page is locked", "log in", AT), "a part is left out: salt.txt: the page is locked; log in"),
    (WorkPartRefused("the page is locked"), "a part is left out: the page is locked"),
    (WorkPartRepeated("a.html"), "this part is the same as a.html and is left out"),
    (WorkUnsure(3, "one work"), "3 files were taken for the chapters of one work; if they are stories of their own, name them one by one (--together, or a story.toml in the folder, says that they are one)"),
    (WorkUnsure(3, "stories"), "3 numbered files of this folder were taken for stories of their own; if they are chapters of one work, convert them with --together, or put a story.toml into the folder"),
]  # fmt: skip


@pytest.mark.parametrize(("found", "said"), SAID, ids=[f"{n}-{f.code}" for n, (f, _) in enumerate(SAID)])
def test_a_finding_says_its_facts(found: Finding, said: str) -> None:
    assert found.message == said
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    assert (again.message, again.code, again.severity, again.cause) == (said, found.code, found.severity, found.cause)


def test_no_finding_is_without_an_example() -> None:
    assert {type(found) for found, _ in SAID} == set(get_args(Finding))
    assert {type(found.first) for found, _ in SAID if isinstance(found, Heap)} == set(get_args(Heaped))


def test_every_code_has_its_row_and_its_severity() -> None:
    severities: dict[str, set[str]] = {}
    for found, _ in SAID:
        if not isinstance(found, PluginFinding):  # its code is its own
            severities.setdefault(found.code, set()).add(found.severity)
    assert {code: set(said.split(", ")) for code, said in ROWS.items()} == severities
    assert list(ROWS) == sorted(ROWS)


def test_findings_with_one_code_stand_in_one_section_of_a_report() -> None:
    sections: dict[str, set[str]] = {}
    for found, _ in SAID:
        sections.setdefault(found.code, set()).add(found.section)
    assert {code for code, titles in sections.items() if len(titles) > 1} == set()
    assert sections["metadata-no-author"] == {"No author"}
    assert sections["cover-cut"] == {""}  # its code will do


def test_what_many_share_is_their_cause() -> None:
    caused = {type(found): found.cause for found, _ in SAID if found.cause and not isinstance(found, Heap)}
    assert caused == {EmphasisOpen: "*", ForeignMarks: "LaTeX", HeadingDoubt: "capitals", WordDoubled: "the"}
    assert HeadingDoubt("1", "number 1 of 4", "a number of 4").cause == "a number of 4"
    assert Heap(WordDoubled("The", "The The"), 4, 9).cause == "the"


def test_a_heap_stands_where_its_first_stands() -> None:
    heap = Heap(EmphasisOpen("*", AT), 4, 9, (AT,))
    assert (heap.code, heap.severity, heap.origin) == ("emphasis-open", "doubt", AT)
    assert heap.section == heap.first.section == "Emphasis opened and never closed"


def test_an_error_is_told_on_one_line() -> None:
    assert broken(ValueError("no\n  lamp"), "notes.py:7") == Broken("ValueError", "no lamp", "notes.py:7")


@pytest.mark.parametrize(
    ("part", "number"),
    [
        (StoryPart(9, 1, "3"), 3),
        (StoryPart(9, 1, "3a"), 0),
        (StoryPart(9, 1), 0),
        (StoryPart(9, 2, "3"), 0),
        (StoryPart(9, 2, scope="together"), 0),
    ],
)
def test_which_chapter_a_page_holds_is_read_again(part: StoryPart, number: int) -> None:
    assert StoryPart.number_in(part.message) == number
