"""From a snapshot to a page and to a PDF."""
