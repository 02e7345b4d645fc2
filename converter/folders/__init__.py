"""What the files of a folder are: which are one book, a series, the same story twice, and which are no stories.

In come the entries of a folder (`listing.py`: names, sizes, times) and a way to look into a file, which is used only
where names leave something open; out comes an `Understood` (`understood.py`, open it first): every file is in a book,
is its cover or its twin, or is another thing with a reason. `understanding.py` goes the steps: what is no story
(`kinds.py`), what is there twice (`copies.py`), what are the chapters of one work (`parsers/works`), what is a series
(`series.py`), which picture is whose cover (`covers.py`); `parts.py` joins folders that hold a part each.

It opens no file and knows no setting: the same entries and the same bytes give the same value, which can be kept as
JSON and handed back as long as the signature of the folder is the same.
"""
