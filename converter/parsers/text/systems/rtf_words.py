"""The control words of Rich Text Format, and what each of them means to a story.

The source is the Rich Text Format Specification, version 1.9.1.
"""

from __future__ import annotations

from converter.recognisers.metadata.resolution import NOTED

SIGNS = {
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "tab": "\t",
    "cell": "\t",
    "nestcell": "\t",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "chdate": "",
}
STRESS = {"i": "*", "ul": "*", "b": "**"}
LINE_ENDS = frozenset({"par", "line", "row", "nestrow", "sect"})
PAGE_ENDS = frozenset({"page", "sect", "pagebb", "column"})

PROGRAM = frozenset(
    "fonttbl colortbl filetbl listtable listoverridetable revtbl rsidtbl generator themedata colorschememapping "
    "latentstyles datastore pict object objdata xmlnstbl mmathPr wgrffmtfilter fldinst bkmkstart bkmkend "
    "pgptbl template panose falt defchp defpap nonshppict blipuid sp ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn "
    "atnid atnauthor atndate atnref atntime atnparent atnicn pn pntext pnseclvl tc xe rxe txe private ud "
    "expandedcolortbl userprops docvar password keycode".split()
)  # destinations in which no word of the story stands
PROPERTIES = NOTED  # often those of another one that it was made from
LEFT_OUT = {
    "header": "running head",
    "headerl": "running head",
    "headerr": "running head",
    "headerf": "running head",
    "footer": "running head",
    "footerl": "running head",
    "footerr": "running head",
    "footerf": "running head",
    "annotation": "comment",
    "title": PROPERTIES,
    "subject": PROPERTIES,
    "author": PROPERTIES,
    "keywords": PROPERTIES,
    "doccomm": PROPERTIES,
}  # destinations with words that somebody wrote, and the rule by which the book does without them
CODE_PAGES = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    255: "cp437",
}  # of the character sets that fonts name
WHOLE = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}  # code pages of a whole file
