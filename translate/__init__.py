"""Dragoman: translates whole books and wiki articles with a language model, and proves what it did."""

__version__ = "0.1.0"
