"""Network events: their register, the codes that people type, and what is printed for them."""
