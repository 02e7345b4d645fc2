"""Sources of LaTeX that were saved as text: their commands are read, and are no words of the story."""

from __future__ import annotations

import pytest

from tests.pages.making import shown
from tests.text.systems import read

A_BOOK_IN_LATEX = r"""% -*- coding: utf-8 -*-
\documentclass{book}
\usepackage[T1]{fontenc}
\newcommand{\ship}{Saltwind}
\newcommand{\scene}{\par\bigskip\noindent\hfil***\hfil\par\bigskip}
\newcommand{\thought}[1]{\textit{#1}}
\title{The \emph{Saltwind} Papers\\ A Romance}
\author{Ann Bell \and Jo Marsh\thanks{To the crew.}}
\begin{document}
\frontmatter
\maketitle
\tableofcontents
\mainmatter

\chapter{The Quay}
\label{ch:quay}

\noindent The \ship{} lay at the quay,
and na\"{\i}ve men said \emph{never
again}\footnote{They said so every year, and \emph{went}.} and went below. % check this

``Mr.~Brandt,'' said the mate, ``it costs \pounds 5 \& a half---no more.''

\scene

The caf\'e was shut. Pages 10--12 of the log were torn out\ldots{} and un\emph{believ}ably so.

\begin{verse}
The tide goes out, \\
the tide comes in, \\
and Brandt goes \textbf{below}.

The second verse \\
is much the same.
\end{verse}

\bigskip

She \thought{wondered} about it. {\em All of it.} Na{\"\i}ve.

\chapter{The Letter}

She read:

\begin{quote}
My dear Brandt, the lamp is out, and I have nobody to light it.

Come home.
\end{quote}

\begin{flushright}
Ann Bell\\
Quay Street
\end{flushright}

She put it down. \foo{What} now?

\vspace{2em}
\begin{center}
\textsc{The End}
\end{center}
\end{document}
"""

A_PIECE_OF_LATEX = r"""\section*{One}

It was late---very late---when the post came. ``Who is it?'' asked Ann. Nobody on the quay could say by whom the lamp was lit.

\section*{Two}

It was \emph{late} again, and Ann said nothing at all, for there was nothing to say to anybody about it.
"""

GERMAN_LATEX = r"""\documentclass[a5paper]{memoir}
\title{Kleine Lampe}\author{J\"urgen Stra\ss e}
\begin{document}
\part{Erster Teil}
\chapter*{Die \textit{Lampe}}
Die Lampe brannte jeden Abend zur gleichen Stunde, und niemand auf der Insel konnte sagen, wer sie anz\"undete.
\glqq Wer ist da?\grqq{} fragte {\itshape Anna}. \glqq Niemand.\grqq\
Sie ging.\par
Dann kam sie wieder\,\dots{} mit 3\,kg Mehl.

\begin{itemize}
\item \"Ol
\item Docht
\item Zitronen
\end{itemize}
\plainbreak{1}
\begin{letter}{Anna}
\opening{Liebe Anna,}
komm heim.
\closing{Dein Brandt}
\end{letter}
\chapter{Das Ende}
Er stand am Fenster. \footnote{Eins.} Und sie\footnote{Zwei.} stand\footnote{Drei.} auch\footnote{Vier.} dort\footnote{F\"unf.}.
\part{Zweiter Teil}
\chapter{Noch eins}
\textbf{Er \emph{lachte} laut.} \textsc{Anna} nicht. 100\% sicher: \verb|x_y|. Er ging.\\
Sie blieb.

\emph{Ein ganzer Absatz, der schr\"ag steht.

Und noch einer.}
\end{document}
"""

CASES = [
    pytest.param(
        A_BOOK_IN_LATEX,
        ("The Saltwind Papers A Romance", ["Ann Bell", "Jo Marsh"]),
        [
            "# [chapter] The Quay",
            "p The Saltwind lay at the quay, and naïve men said _never again_[^† p They said so every year, and _went_.] and went below.",
            "p “Mr. Brandt,” said the mate, “it costs £5 & a half—no more.”",
            "break * * *",
            "p The café was shut. Pages 10–12 of the log were torn out… and un*believ*ably so.",
            "stanza:",
            "  The tide goes out,",
            "  the tide comes in,",
            "  and Brandt goes **below**.",
            "stanza:",
            "  The second verse",
            "  is much the same.",
            "break * * *",
            "p She _wondered_ about it. _All of it._ Naïve.",
            "# [chapter] The Letter",
            "p She read:",
            "quote:",
            "  p My dear Brandt, the lamp is out, and I have nobody to light it.",
            "  p Come home.",
            "stanza:",
            "  Ann Bell",
            "  Quay Street",
            "p She put it down. What now?",
            "p (center) The End",
        ],
        id="a book in latex",
    ),
    pytest.param(
        A_PIECE_OF_LATEX,
        ("", []),
        [
            "# [chapter 1] One",
            "p It was late—very late—when the post came. “Who is it?” asked Ann. Nobody on the quay could say by whom the lamp was lit.",
            "# [chapter 2] Two",
            "p It was _late_ again, and Ann said nothing at all, for there was nothing to say to anybody about it.",
        ],
        id="a piece of latex",
    ),
    pytest.param(
        GERMAN_LATEX,
        ("Kleine Lampe", ["Jürgen Straße"]),
        [
            "# [part 1] Erster Teil",
            "## [chapter] Die _Lampe_",
            "p Die Lampe brannte jeden Abend zur gleichen Stunde, und niemand auf der Insel konnte sagen, wer sie anzündete. „Wer ist da?“ fragte _Anna_. „Niemand.“ Sie ging.",
            "p Dann kam sie wieder … mit 3 kg Mehl.",
            "-",
            "  p Öl",
            "-",
            "  p Docht",
            "-",
            "  p Zitronen",
            "break * * *",
            "letter:",
            "  p (dateline) Anna",
            "  p (salutation) Liebe Anna,",
            "  p komm heim.",
            "  p (signature) Dein Brandt",
            "## [chapter] Das Ende",
            "p Er stand am Fenster.[^† p Eins.] Und sie[^‡ p Zwei.] stand[^§ p Drei.] auch[^* p Vier.] dort (Fünf.).",
            "# [part 2] Zweiter Teil",
            "## [chapter] Noch eins",
            "stanza:",
            "  **Er _lachte_ laut.** Anna nicht. 100% sicher: x_y. Er ging.",
            "  Sie blieb.",
            "p _Ein ganzer Absatz, der schräg steht._",
            "p _Und noch einer._",
        ],
        id="german latex",
    ),
]


@pytest.mark.parametrize(("text", "named", "wanted"), CASES)
def test_the_story_is_read(text: str, named: tuple[str, list[str]], wanted: list[str]) -> None:
    parsed = read(text)
    metadata = parsed.book.metadata
    assert (metadata.title, [p.name for p in metadata.people]) == named
    assert shown(parsed) == wanted
