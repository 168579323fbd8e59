"""What happens once a report is issued, and how anybody checks it."""
