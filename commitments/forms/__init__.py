"""Forms: parse and explain input; nothing is saved here."""
