"""Rasa's side of the fence: it has an environment of its own and imports only rasa, spaCy and knowledge/."""
