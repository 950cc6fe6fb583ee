"""The portal: pages for staff, behind a login by mail link."""
