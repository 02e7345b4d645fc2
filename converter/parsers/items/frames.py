"""How much a frame around some of the story may hold, and how deep frames are followed: the same for every format."""

from __future__ import annotations

STORY_SHARE = 0.6  # of a story's letters: what holds more is a frame around it
NEST_LIMIT = 12  # quotes in lists in boxes; a deeper nest is an accident of the markup
NOTE_WORDS = 3  # a note of fewer is the name of one
BOX_WORDS = 400  # a framed part, or a table of one column, with more words is how a file looks, not a box in the story
VERSE_WIDTH = 130  # characters; a longer "line" is a paragraph, whatever its element is called
STANZA_GAP = 3  # line ends in a row: a line's own, and those of the blocks around it
