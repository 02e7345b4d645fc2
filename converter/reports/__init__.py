"""What is told to a person about a story, as values.

In comes a `Reading` (a book, changes, omissions, findings, evidence), out come plain values that JSON can hold and any
screen can show. Open `report.py` first: the proof report, every change by rule, all that looks wrong, all that was left
out. `summary.py` is what `inspect` tells of a story, `heaps.py` makes many findings of one cause into one.

It knows the model and the records. It prints nothing: `cli/` puts the values on a screen, `writers/report.py` into a
page. The keys of the values are a promise to other programs.
"""
