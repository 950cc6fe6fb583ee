"""What the outside reaches: one folder per subject, with the same file names in each."""
