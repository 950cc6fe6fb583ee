"""`make preview`: the conversations as an entrepreneur would see them, with what differs from the committed texts."""
