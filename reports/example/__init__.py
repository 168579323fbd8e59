"""The example that ``bin/start`` opens with: real facts as the source has them, and a fictional city.

Everything happens through the same actions that people use. Real and fictional never mix: the agreement of
29 October 2025 holds no example row, and nothing is made up about a real office.
"""
