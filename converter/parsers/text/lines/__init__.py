"""The lines of a text: what they are, how they are set, which of them are one block.

`rows.py` takes the file's lines as rows; `boilerplate.py`, `running_heads.py` and `drawn_boxes.py` take off what a
library, a printed page and a frame set around them. `layout.py` measures how paragraphs are parted (with `indents.py`
for lines set in, `stanzas.py` for verse), `grouping.py` makes groups of rows by it, `line_joining.py` joins the rows of
a paragraph. Nothing here knows what a block means.
"""
