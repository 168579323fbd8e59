"""Forms of agencies, agreements, people and the first run: they read and explain what was typed."""
