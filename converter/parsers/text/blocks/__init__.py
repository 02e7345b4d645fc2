"""What the rows of a block are.

`making.py` makes each block: prose, verse and other lines (`lined.py`, `songs.py`), what tags say (`markup.py`), by how
the file sets things (`text_habits.py`). `structures.py` then names what blocks mean together: letters, lists, chats,
plays, windows, mottos. `footnotes.py` and `authors_notes.py` take notes to where they belong.
"""
