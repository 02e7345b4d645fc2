"""The version of this program, which every record of a made book names."""

VERSION = "0.1.0"
