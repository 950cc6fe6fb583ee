"""The eight-weekly report of the working group: as PDF, as a workbook and as CSV."""
