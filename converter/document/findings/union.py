"""All that can be told about a story: the closed union of its findings."""

from __future__ import annotations

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
from converter.document.findings.heap import Heap
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
    CheckFailed,
    EndedReading,
    PassFailed,
    ProofUnbalanced,
    ReadingGivenUp,
    ReadPlainly,
)
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

Finding = (
    ChapterMissing
    | ChapterRepeated
    | ChapterOrder
    | ChapterEmpty
    | ChapterTwice
    | ContentsDisregarded
    | ChapterNone
    | ChapterPattern
    | HeadingDoubt
    | NoteEnd
    | CopyApart
    | CopyCollection
    | CopyGone
    | CopyLeft
    | CopyNames
    | CopyNumbers
    | CopyOrder
    | CopyRemarks
    | CopyVersion
    | CoverCoarse
    | CoverCut
    | CoverLetters
    | CoverSigns
    | CoverSpine
    | CoverFailed
    | EncodingRepaired
    | EncodingLost
    | EncodingDoubt
    | EncodingNonsense
    | Heap
    | MetadataNoTitle
    | MetadataFileName
    | MetadataNoAuthor
    | MetadataLanguage
    | SettingUnused
    | CoverUnfit
    | SidecarOutside
    | BookEdited
    | BooksRenamed
    | VolumesRemoved
    | HtmlUnclosed
    | HtmlUnlocated
    | HtmlOtherPosts
    | HtmlToldInTurn
    | HtmlHiddenStory
    | PagePlayed
    | HtmlHidden
    | LeftOutProse
    | SiteChanged
    | PageContinues
    | StoryUnfinished
    | ImageUnusable
    | ImageMissing
    | PluginFinding
    | PrintLeftOut
    | PrintNoGlyph
    | PrintHorizontal
    | PrintOnlyBold
    | PrintInstalledFont
    | PassFailed
    | CheckFailed
    | ReadingGivenUp
    | ReadPlainly
    | EndedReading
    | ProofUnbalanced
    | QuotesUnbalanced
    | EmphasisOpen
    | ForeignMarks
    | SpaceStray
    | WordDoubled
    | SentenceBroken
    | NameMixed
    | LibraryMark
    | StoryCut
    | StoryTiny
    | StoryUnlikely
    | TextNotLoaded
    | TextTakenBack
    | TextScrambled
    | StoryAlike
    | StoryPart
    | StoryTwin
    | ArchivePart
    | MailAttached
    | ArchiveAuthors
    | WorkDates
    | WorkOrder
    | WorkPartGone
    | WorkPartRefused
    | WorkPartRepeated
    | WorkUnsure
)
