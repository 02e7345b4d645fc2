"""Chapbook: raw stories in, beautiful books out."""

__version__ = "0.1.0"
