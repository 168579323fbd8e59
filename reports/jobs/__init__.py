"""Work that a worker does while its page waits."""
