"""The yearly questions about an initiative, and the firms that took part in it."""
