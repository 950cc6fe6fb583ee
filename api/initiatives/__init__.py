"""The catalogue of initiatives, to read."""
