"""Logging in by the own organisation: an OpenID Connect provider, when one is set."""
