"""Writers: a book and a theme in, the bytes of one file out. The table of them is `build/formats.py`."""
