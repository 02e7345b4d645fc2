"""Elements of the story as items: `Extracted` in, a `Flow` of blocks, gaps and headings out, part by part.

Open `parts.py` first, then `walk.py`, the one walk from elements to items, stretch by stretch (`stretch.py`);
`elements.py` says which element is more than a wrapper. `inline_style.py` says what tag, style and attributes mean for
the text in an element, `notes.py` puts notes where they are cited. What makes paragraphs of runs is shared with
Markdown (`parsers/items/`). Which heading divides the story is not asked here.
"""
