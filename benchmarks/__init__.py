"""Measurements: ``make bench``. Every goal is a ratio between two sides of one interleaved run."""
