"""What is given out as a file: lists, reports, and the work of making large ones."""
