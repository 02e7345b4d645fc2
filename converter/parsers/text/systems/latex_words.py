"""What the commands of LaTeX mean for a story: a row for each."""

from __future__ import annotations

from typing import Literal, NamedTuple

Does = Literal[
    "drop", "text", "heading", "head", "note", "sign", "break", "space", "paragraph", "line", "item", "style", "block"
]


class Command(NamedTuple):
    """What a command does, with how many arguments that are no words of the story before the one that is (`skip`);
    `means` is a mark, a sign, or a field of the head, `level` a heading's."""

    does: Does
    skip: int = 0
    means: str = ""
    level: int = 0


def _rows(words: str, command: Command) -> dict[str, Command]:
    return dict.fromkeys(words.split(), command)


COMMANDS: dict[str, Command] = {
    **_rows("emph textit textsl", Command("text", means="*")),
    **_rows("textbf", Command("text", means="**")),
    **_rows(
        "textsc textrm textsf texttt textmd textup textnormal text underline uline mbox fbox hbox makebox"
        " framebox centerline leftline rightline uppercase MakeUppercase lowercase MakeLowercase enquote"
        " textquote centering flushright footnotesize textsuperscript textsubscript url path dialogue thought",
        Command("text"),
    ),
    **_rows(
        "textcolor colorbox href parbox raisebox foreignlanguage fontsize scalebox resizebox",
        Command("text", 1),
    ),
    **_rows("it em itshape slshape sl", Command("style", means="*")),
    **_rows("bf bfseries", Command("style", means="**")),
    **_rows(
        "sc scshape tt ttfamily rm rmfamily sf sffamily up upshape mdseries normalfont tiny scriptsize small"
        " normalsize large Large LARGE huge Huge centering raggedright raggedleft flushleft noindent indent"
        " boldmath selectfont relax par@ protect leavevmode null frontmatter mainmatter backmatter appendix"
        " singlespacing onehalfspacing doublespacing sloppy fussy frenchspacing nonfrenchspacing maketitle"
        " tableofcontents printindex makeindex today tableofcontents newblock strut nopagebreak samepage"
        " obeylines verselinebreak flushbottom raggedbottom xspace ignorespaces unskip makeatletter"
        " makeatother bgroup egroup begingroup endgroup",
        Command("drop"),
    ),
    **_rows(
        "vspace hspace vskip hskip label pagestyle thispagestyle pagenumbering input include includegraphics",
        Command("drop", 1),
    ),
    **_rows(
        "date usepackage documentclass documentstyle RequirePackage hyphenation linespread color geometry",
        Command("drop", 1),
    ),
    **_rows(
        "index ref pageref cite hypersetup selectlanguage bibliography bibliographystyle thanks markright",
        Command("drop", 1),
    ),
    **_rows(
        "graphicspath setmainfont setromanfont setmainlanguage setdefaultlanguage setstretch kern raise hyphenpenalty",
        Command("drop", 1),
    ),
    **_rows(
        "chapterstyle counterwithout phantomsection newcounter stepcounter refstepcounter newpagestyle",
        Command("drop", 1),
    ),
    **_rows(
        "setlength addtolength setcounter addtocounter markboth numberwithin pdfbookmark definecolor",
        Command("drop", 2),
    ),
    **_rows(
        "newcommand renewcommand providecommand DeclareMathOperator newlength titlespacing hypertarget",
        Command("drop", 2),
    ),
    **_rows("addcontentsline newenvironment renewenvironment titleformat", Command("drop", 3)),
    **_rows("opening closing signature salutation address", Command("block")),
    **_rows("part", Command("heading", level=0)),
    **_rows("chapter", Command("heading", level=1)),
    **_rows("section", Command("heading", level=2)),
    **_rows("subsection", Command("heading", level=3)),
    **_rows("subsubsection paragraph", Command("heading", level=4)),
    **_rows("title", Command("head", means="title")),
    **_rows("author", Command("head", means="author")),
    **_rows("subtitle", Command("head", means="subtitle")),
    **_rows("footnote footnotetext endnote", Command("note")),
    **_rows("ldots dots textellipsis dotfill", Command("sign", means="…")),
    **_rows("textemdash", Command("sign", means="—")),
    **_rows("textendash", Command("sign", means="–")),
    **_rows("textquotedblleft ldq", Command("sign", means="“")),
    **_rows("textquotedblright rdq", Command("sign", means="”")),
    **_rows("textquoteleft lq", Command("sign", means="‘")),
    **_rows("textquoteright rq textquotesingle", Command("sign", means="’")),
    **_rows("guillemotleft og flqq", Command("sign", means="«")),
    **_rows("guillemotright fg frqq", Command("sign", means="»")),
    **_rows("glqq", Command("sign", means="„")),
    **_rows("grqq", Command("sign", means="“")),
    **_rows("quad qquad enspace thinspace space", Command("sign", means=" ")),
    **_rows("textbackslash", Command("sign", means="\\")),
    **_rows("textasciitilde sim", Command("sign", means="~")),
    **_rows("textbar", Command("sign", means="|")),
    **_rows("textless", Command("sign", means="<")),
    **_rows("textgreater", Command("sign", means=">")),
    **_rows("S", Command("sign", means="§")),
    **_rows("copyright textcopyright", Command("sign", means="©")),
    **_rows("texttrademark", Command("sign", means="™")),
    **_rows("pounds textsterling", Command("sign", means="£")),
    **_rows("euro texteuro", Command("sign", means="€")),
    **_rows("textdegree degree", Command("sign", means="°")),
    **_rows("dag textdagger", Command("sign", means="†")),
    **_rows("bullet textbullet", Command("sign", means="•")),
    **_rows("textonehalf", Command("sign", means="½")),
    **_rows("times texttimes", Command("sign", means="×")),
    **_rows("heartsuit", Command("sign", means="♥")),
    **_rows(
        "asterism fancybreak pfbreak pfbreak* plainbreak scenebreak sceneskip textasteriskcentered hrule hrulefill",
        Command("break"),
    ),
    **_rows("rule", Command("break", 2)),
    **_rows("bigskip", Command("space")),
    **_rows(
        "par newpage clearpage cleardoublepage pagebreak medskip smallskip vfill vfil break",
        Command("paragraph"),
    ),
    **_rows("newline linebreak", Command("line")),
    **_rows("item", Command("item")),
}
SIGNS = {  # commands of one sign
    " ": " ", "\n": " ", "~": "~", ",": " ", ";": " ", ":": " ", "!": "", "-": "", "/": "", "@": "", "+": "",
    "(": "", ")": "",
    "&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", "*": "", "|": "|", "[": "", "]": "",
    "<": "", ">": "",
}  # fmt: skip
LOGOS = frozenset("LaTeX TeX LaTeXe XeLaTeX".split())  # commands that are the words they set
VERSE = frozenset("verse verse* altverse poem patverse lines alltt verbatim".split())
QUOTED = frozenset("quote quotation displayquote letter epigraphs".split())
UNREAD = frozenset("comment figure table tikzpicture filecontents picture thebibliography".split())
LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
}  # fmt: skip
ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip
