"""Who did and read what: a log to which only can be added."""
