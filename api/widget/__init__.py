"""The chat widget: its script, what the script shows, and pages that show it to webmasters."""
