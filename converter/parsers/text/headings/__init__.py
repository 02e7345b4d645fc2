"""The headings of a text: from groups of rows to the tree of chapters.

`contents.py` finds contents lists and takes their entries for a witness; `glued_headings.py` parts headings from the
paragraphs they run into; `outline.py` asks `recognisers/headings` which groups head chapters, and `asked.py` a person's
own patterns; `chapter_tree.py` builds the tree.
"""
