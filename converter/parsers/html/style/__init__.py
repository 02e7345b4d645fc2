"""What CSS says of an element: a page in, the computed style of its elements out.

Open `computed.py` first: which declarations mean something for a story (italics, centred, hidden ...).
`cascade.py` knows which rules of the page's own sheets reach an element, `styles.py` asks it for all of them.
Sheets beside the page are not read; what a style means for the story is decided in the rooms above.
"""
