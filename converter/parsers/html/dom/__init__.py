"""The page as a tree: clean markup, elements with their lines, selectors over them."""
