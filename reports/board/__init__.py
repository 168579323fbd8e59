"""The dashboard: what is chosen, and the parts that are asked of the database only when a page shows them."""
