"""Requests for contact that come from a device at an event, which may have waited there for a connection."""
