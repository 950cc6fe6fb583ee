"""Questions, municipalities and sectors, to read: what a client needs to show codes as words."""
