"""What the interface says of itself: its description for machines, a page for people, and what is on its way out."""
