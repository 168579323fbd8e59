"""What is frozen: from figures to a stored report."""
