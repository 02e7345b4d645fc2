"""Whole archives: stories read from shards at any address, made on one machine or many, told in a table a shard.

In come addresses (a folder, an archive, a bucket) and what was asked for; out come books and tables at an address,
and a value for each story. Open `run.py` first: what there is to do, what was done before, and the end. `sources.py`
finds the shards, `contents.py` takes the stories out of them (`rows_in.py` Parquet, `web_records.py` WARC), `shard.py`
has one shard's stories made and puts down what became of them, `tables.py` is the table, `merging.py` tells the
catalogue. `ray_cluster.py` has shards done by other machines, `addresses.py` reads and writes at addresses.

How a story is made is not known here: `build/` does it, in processes that are watched, the same on every machine.
"""
