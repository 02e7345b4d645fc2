"""Files that hold a story packed: EPUBs that others made, Word documents."""
