"""The interface of the REST channel of Rasa, for clients that exist already."""
