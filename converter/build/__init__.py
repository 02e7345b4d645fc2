"""The service: stories are planned, gathered, understood, written, proved, put on the shelf and remembered."""
