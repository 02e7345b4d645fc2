"""What CSS says of an element: a page in, the computed style of its elements out.

Which declarations mean something for a story (italics, centred, hidden ...) stands in `parsers/computed_style.py`,
which Markdown shares. Open `cascade.py` first: it knows which rules of the page's own sheets reach an element;
`styles.py` asks it for all of them. Sheets beside the page are not read; what a style means is decided above.
"""
