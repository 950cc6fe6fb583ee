"""Passkeys: with a key on the own device somebody confirms a login that began with a mailed link."""
