"""Which lines are headings: their words by language, their forms, their series; shared by the text and HTML parsers.

In come candidates (`candidates.py`: a short block, its line, the space around it), out come decisions, each with a
level, a confidence and the reason that `inspect --why` shows. Open `families.py` first: candidates are judged together,
over the whole text, for one line alone tells little. `forms.py` reads one line (label, number, title, signs),
`leading_numbers.py` the number before a title, `endings.py` knows what closes a story; `series.py` finds numbers that
go on, `titles.py` titles without any, `levels.py` puts parts above chapters; `misses.py` tells what was nearly taken.

The words of each language are data (`recognisers/vocabulary/`, made into a `Lexicon` by `words.py`). No rule fits one
book.
"""
