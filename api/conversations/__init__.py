"""Conversations: the interface that the widget, the chat page and other clients use."""
