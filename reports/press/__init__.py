"""Texts for the press: drafted from facts, checked against them, released by a person."""
