"""Copies of the database that may be kept, and putting one back."""
