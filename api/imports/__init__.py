"""Intakes from paper or a spreadsheet: read, understood, shown for approval, and imported whole or not at all."""
