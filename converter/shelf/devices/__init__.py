"""From the folder to the e-reader in one's hand: by mail, by cable, and by the e-reader's own browser.

In come books of the output folder; they leave as a letter (`mail.py`, by the settings that `mail_settings.py` reads) or
as a file on a reader that is plugged in (`readers.py` finds it, `copying.py` puts the book there). Open `chosen.py`
first: which book is meant; `made.py` brings it into the format that a reader wants. On the shelf `send_page.py` mails
books; `code_page.py` has pages that are small enough for the browsers of e-readers, which `codes.py` lets in.

Only mail reaches the network, to the one server that the person's own configuration names.
"""
