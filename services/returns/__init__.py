"""Returned forms as pictures: read in a limited process, matched by their codes, kept sealed."""
