"""Items as chapters: headings, title page, header, recurring lines; and all of it as one `Parsed`."""
