"""Figures of our own beside a floor taken in the same run: ``python -m benchmarks.list_page``. Never a test.

A figure counts only as a ratio: the machine is somebody else's, and it is noisy.
"""
