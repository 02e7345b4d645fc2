"""What CSS says of an element: the cascade of the page's own sheets, and the style that comes out of it."""
