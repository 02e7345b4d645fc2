"""The shell: command line, batch, pipeline, proof, metadata, through the real program."""
