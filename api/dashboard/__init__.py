"""What the working group reads of the figures: pages in the portal, with charts. Only published values come here."""
