"""Every number on every page that counts, followed to its rows."""
