"""What a public body accounts for: how the score is made, what is kept and why. Made from the code and the data."""
