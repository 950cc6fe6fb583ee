"""Released figures for everybody: an interface, files, a description that machines read, and a page."""
