"""What is no story: page chrome, hidden text, the page's own contents list; and the account of all that is left out."""
