"""Which lines are headings: their words by language, their forms, their series; shared by the text and HTML parsers."""
