"""Tests of an office's own procedure as data."""
