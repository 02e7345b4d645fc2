"""Stories that somebody gives to the shelf: files, folders, zips and texts from a browser.

In come the parts of a form; out come files in folders of their own below the books', of which the program makes books.
`giving.py` is what a browser asks; `dropped.py` keeps what is given, `given_again.py` knows what was given before.
`joining.py` makes one book of two gifts, `removing.py` takes one off and puts it back.
"""
