"""Signed messages to the software of owners."""
