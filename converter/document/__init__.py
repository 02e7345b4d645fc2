"""The story as a tree of values, and the few signatures that rooms share; nothing here opens a file.

Everything that the rooms give to each other is defined here: the tree (`model.py`), the signatures and the records of
what was left out and changed (`contracts.py`), all that can be told about a story (`findings/`), the errors
(`errors.py`). Open `model.py` first, it is the one language of the program.

`traversal.py` goes through the tree without knowing its kinds; `words.py`, `text_units.py` and `edit_script.py` stand
on it: the words of a book, its units in reading order, edits into a run of inlines. `alignment.py` finds where two
lists of words differ, `verbatim.py` quotes what was left out, `patterns.py` are regular expressions that promise to
be fast, `record.py` makes frozen values cheap.

It imports no other room and hardly a library, opens no file, asks no clock.
"""
