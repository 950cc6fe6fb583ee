"""Asking initiatives to make contact, from the side of the entrepreneur: the pages, and who can be asked at all."""
