"""A made-up nation of offices and their commitments, as large as asked, for trying pages and jobs under load.

Nothing here is real: offices are numbered *contoh*, people are posts, wording is put together from phrase parts.
"""
