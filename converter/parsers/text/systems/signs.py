"""By which signs a system of marks is recognised: each alone may be a story's own, several are no chance.

They are looked for in a text with a line end before it, so that all that begins a line stands behind one.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from converter.document.patterns import regex

LEAST_KINDS = 2  # of a system's signs, one of them a sure one
LEAST_SIGNS = 3  # together
TOLD = 2  # times: so often a sure sign is told where the others are missing
MOST = 50  # are counted of each


class Sign(NamedTuple):
    """What a text has that is in this system; `needs` are characters without which it can't be there. `sure`: other
    texts hardly ever have it. `first`: it begins the text."""

    needs: str
    pattern: re.Pattern[str]
    sure: bool = False
    first: bool = False

    def places(self, lines: str) -> list[re.Match[str]]:
        """Where it stands in lines with a line end before each, the first of its places."""
        if self.first:
            found = self.pattern.match(lines)
            return [found] if found else []
        if self.needs and not (self.needs[0] in lines and self.needs in lines):  # one sign is found much faster
            return []
        return list(islice(self.pattern.finditer(lines), MOST))


LATEX = (
    Sign("\\", regex(r"\\(?:document(?:class|style)\b|begin\{document\})"), sure=True),
    Sign("\\", regex(r"\\(?:part|chapter|(?:sub){0,2}section)\*?\{[^{}\n]"), sure=True),
    Sign("\\", regex(r"\\(?:title|author|date|maketitle|usepackage|tableofcontents)(?=[\s{\[]|\Z)"), sure=True),
    Sign("\\", regex(r"\\(?:begin|end)\{[a-z]{3,12}\*?\}"), sure=True),
    Sign(
        "\\", regex(r"\\(?:emph|text(?:it|bf|sc|tt|sl)|footnote|underline)\{|\{\\(?:it|em|bf|sc)(?=[\s\\])"), sure=True
    ),
    Sign("\\", regex(r"\\(?:noindent|(?:big|med|small)skip|l?dots|newpage|clearpage|par|item)(?![A-Za-z])")),
    Sign("\\", regex(r"\\(?:['`^\"][A-Za-z{]|[&%$#_](?!\w*\\)|\\(?=\n|\[))")),
    Sign("``", regex(r"(?<!`)``[^`'\n]{1,300}''")),
)
RTF = (Sign("", regex(r"\n\s{0,20}\{\\rtf\d"), sure=True, first=True),)
MEDIAWIKI = (
    Sign("==", regex(r"\n={2,6}[ \t]*[^=\s][^\n=]{0,200}={2,6}[ \t]*$", re.M)),
    Sign("''", regex(r"(?<![\w'`])'{2,3}(?=[^\s'])[^'\n]{1,300}(?<![\s,.!?'])'{2,3}(?![\w'])"), sure=True),
    Sign("[[", regex(r"\[\[[^\[\]\n|]{1,100}(?<!\s)\|[^\s\[\]|]"), sure=True),
    Sign("[[", regex(r"\n\[\[[A-Z][a-zéí]{3,12}:[^\[\]\n]{1,100}\]\][ \t]*$", re.M), sure=True),
    Sign("{{", regex(r"\{\{[A-Za-z][^{}\n]{0,200}\}\}")),
    Sign("<", regex(r"<(?:ref|poem|references)\b[^<>\n]{0,100}>"), sure=True),
)
MAIL = (
    Sign(":", regex(r"\n(?:From|To|Subject|Date|Organization|Sender): ")),
    Sign(
        ":",
        regex(r"\n(?:Message-ID|Newsgroups|MIME-Version|Content-Type|Content-Transfer-Encoding|X-[A-Z]\w+): ", re.I),
        sure=True,
    ),
    Sign("", regex(r"\n\s{0,20}From \S{3,200} [^\n]{0,60}\d{4}\b"), sure=True, first=True),
    Sign(":", regex(r"\nDate: [^\n]{0,60}\d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|[A-Z]{3})"), sure=True),
    Sign(
        "", regex(r"\n\s{0,20}-{2,40} ?(?:Original|Forwarded) [Mm]essage ?-{2,40}[ \t]*$", re.M), sure=True, first=True
    ),
    Sign("", regex(r"\nSent: [^\n]{0,60}\d\d?:\d\d(?::\d\d)?(?: ?[AP]M)?[ \t]*$", re.M), sure=True),
    Sign("=\n", regex(r"[^\s=]=[ \t]*$", re.M)),
    Sign("=", regex(r"=[89A-F][0-9A-F](?=[^\s])|=20$|=3D", re.M), sure=True),
)
ORG = (
    Sign(
        "#+",
        regex(r"\n[ \t]{0,20}#\+(?:TITLE|AUTHOR|DATE|OPTIONS|STARTUP|LANGUAGE|FILETAGS|SUBTITLE|PROPERTY):", re.I),
        sure=True,
    ),
    Sign("#+", regex(r"\n[ \t]{0,20}#\+(?:BEGIN|END)_[A-Z]{2,20}", re.I), sure=True),
    Sign("*", regex(r"\n\*{1,6} \S")),
    Sign("", regex(r"\n[ \t]{0,20}:PROPERTIES:"), sure=True),
    Sign("# ", regex(r"\n# \S")),
    Sign("/", regex(r"(?<![\w/:.<])/[^\W\d_][^/\n<>]{0,200}(?<=[\w.,!?])/(?![\w/])")),
    Sign("[", regex(r"\[\[[^\[\]\n]{1,300}\]\[|\[fn:")),
)
RESTRUCTURED = (
    Sign("", regex(r"\n\.\. (?:[A-Za-z\-]{2,30}::|\[[\w#]{1,20}\] |_\w|\|\w|[A-Z][^\n]{0,300}\n$)", re.M), sure=True),
    Sign(":", regex(r"\n:[A-Z][A-Za-z]{2,20}: \S"), sure=True),
    Sign("|", regex(r"\n\| \S")),
    Sign("", regex(r"\n[^\s=\-~^\"'*+#][^\n]{0,100}\n(?:={3,80}|-{3,80}|~{3,80}|\^{3,80}|\"{3,80})[ \t]*$", re.M)),
    Sign("`", regex(r"``[^`\n]{1,100}``|:[a-z\-]{2,20}:`|`_(?!\w)")),
    Sign("]_", regex(r"\[(?:\d{1,3}|#\w{0,20})\]_(?!\w)"), sure=True),
)
BBCODE = (
    Sign("[", regex(r"\[(?:list|ul|ol)(?:=[^\[\]\n]{0,20})?\]", re.I), sure=True),
    Sign("[", regex(r"\[(?:\*|li)\]", re.I)),
    Sign("[", regex(r"\[/(?:list|ul|ol|quote|spoiler|img|url|size|color|center)\]", re.I)),
    Sign("[", regex(r"\[quote(?:=[^\[\]\n]{0,200})?\]", re.I), sure=True),
    Sign("[", regex(r"\[(?:img|youtube)\][^\[\]\n]{0,300}\[/", re.I), sure=True),
)
TEXTILE = (
    Sign("", regex(r"\nh[1-6]\. \S"), sure=True),
    Sign("", regex(r"\nbq\. \S"), sure=True),
    Sign("", regex(r"\np(?:[=<>]|\([^()\n]{1,30}\))\. \S"), sure=True),
    Sign(":http", regex(r"\"[^\"\n]{1,200}\":https?://")),
)
AOZORA = (
    Sign(
        "［＃",
        regex(
            r"［＃[^［］\n]{0,80}(?:字下げ|見出し|傍点|傍線|改ページ|改丁|地付き|字上げ|太字|終わり|水準|ママ)[^［］\n]{0,80}］"
        ),
        sure=True,
    ),
    Sign("【", regex(r"\n【テキスト中に現れる記号について】"), sure=True),
    Sign("底本：", regex(r"\n底本：\S"), sure=True),
    Sign("入力：", regex(r"\n入力：\S")),
    Sign("《", regex(r"[\u3400-\u9fff々〆ヶ]《[\u3041-\u30ff]{1,40}》")),
    Sign("｜", regex(r"｜[^《》｜\s]{1,30}《[\u3041-\u30ff]")),
)
