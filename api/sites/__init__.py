"""The sites that carry the assistant: what a widget needs to know of its own, and whose pages may call us at all."""
