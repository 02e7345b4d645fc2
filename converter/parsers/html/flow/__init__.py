"""Elements of the story in their order as items: blocks, gaps and headings."""
