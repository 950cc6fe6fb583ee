"""What owners tell of their initiatives: whether the data still holds, and once a year how it went."""
