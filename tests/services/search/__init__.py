"""Searches: departments are asked, chased, and answer."""
