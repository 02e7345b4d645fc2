"""The shelf as a catalogue for reading apps: OPDS 1.2 (Atom) and OPDS 2.0 (JSON).

`feeds.py` says what stands in each feed, in no format; `atom.py` and `json_feeds.py` write it down; `routes.py`
answers. In comes what a reader asks for, out come feeds whose addresses are absolute. The rules come from the
specifications (specs.opds.io) and from what readers make of them: KOReader, Thorium.
"""
