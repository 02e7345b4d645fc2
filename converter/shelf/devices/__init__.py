"""From the folder to the e-reader in one's hand: by mail, by cable, and by the e-reader's own browser.

In come books of the output folder; they leave as a letter (`mail.py`, by the settings that `mail_settings.py` reads).
Open `chosen.py` first: which book is meant, and in which formats it is there.

Only mail reaches the network, to the one server that the person's own configuration names.
"""
