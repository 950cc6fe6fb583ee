"""The intake at an event: a web app that works without a connection, and the data that it works with."""
