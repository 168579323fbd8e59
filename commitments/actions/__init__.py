"""Actions: the only ways the world of commitments changes. Each locks, asks its rule, changes, records."""
