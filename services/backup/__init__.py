"""Backups: the office as it is at one moment, the keys apart, and the way back into an empty place."""
