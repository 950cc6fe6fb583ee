"""Warm leads: an entrepreneur asks an initiative to make contact, with consent, and what comes of it."""
