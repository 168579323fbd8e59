"""Tables of commitments, as offices keep them in Excel."""
