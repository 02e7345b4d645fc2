"""Where the story stands on a page of an unknown site, what the page says about it, and pages that hold none."""
