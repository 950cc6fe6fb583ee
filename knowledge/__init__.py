"""What the region offers and how it is matched: validated data and pure functions on it.

Nothing here opens a file at import, and nothing here knows Rasa, HTTP or a database.
"""
