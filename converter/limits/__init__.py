"""What others made, opened within limits: files, archives, pictures, patterns that a person wrote.

In come a path, the bytes of a zip, the bytes of a picture or a regular expression, with the limit to keep; out come
bytes and values that are safe to work with, or an error of one line. Nothing else in the program opens these things.
Open `files.py` first; `unzip.py`, `pictures.py` and `own_patterns.py` are each about one kind.

It knows how things attack: links out of a folder, pipes that never end, bombs, pictures that fill the memory, patterns
without an end (`docs/decisions/hostile.md`). It doesn't know what the bytes are for.
"""
