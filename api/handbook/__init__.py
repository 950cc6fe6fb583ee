"""The handbooks of docs/handboek as pages."""
