"""What protects those who are served from those who ask too much: by address, by site, by number at once, by time."""
