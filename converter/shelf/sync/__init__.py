"""Where readers are in their books: kept for KOReader (its sync protocol), for OPDS readers and for the browser, and
brought along when a book grows.

`digests.py`: the names by which KOReader knows a file. `outlines.py`: what is kept of each file a book ever had, so
that a place in it can be found in a later one, by `moving.py`. `pointers.py`: how KOReader writes a place. `places.py`:
the history of places, and the answer to whoever asks. `kosync.py` and `progression.py`: the two protocols.
"""
