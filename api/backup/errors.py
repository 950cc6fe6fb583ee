"""What can go wrong with a copy."""


class BackupFault(Exception):
    """The copy cannot be made or put back; says why and what to do, in Dutch."""
