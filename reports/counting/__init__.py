"""What is counted for a report: one agreement, one period, one instant."""
