"""Checks of what the product is made of: its licences, its shape, its words and what stands around the code."""
