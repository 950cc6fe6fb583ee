"""The whole scan in one go, without a conversation: the service, and the form that needs no JavaScript."""
