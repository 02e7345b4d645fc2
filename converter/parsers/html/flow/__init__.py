"""Elements of the story as items: `Extracted` in, a `Flow` of blocks, gaps and headings out, part by part.

Open `parts.py` first, then `walk.py`, the one walk from elements to items; `elements.py` says which element is
more than a wrapper. `paragraphs.py` and `inlines.py` make paragraphs of runs of text, `notes.py` puts notes
where they are cited. Which heading divides the story is not asked here.
"""
