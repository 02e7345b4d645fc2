"""The head of a story's file: who says what of it before it begins.

`front.py` goes through the blocks before the first heading; `telling.py` says where the head is over. A block's rows
are labels and values, a title page (`title_rows.py`, with the words of titles in `title_lines.py` and the story as a
witness in `story_words.py`), bare facts, a summary, or the corner of a typescript. `filling.py` asks others for what
is left open: the headings, and the file's end (`closing_name.py`).
"""
