"""The world outside the office, played: people who fill in our forms, the post, and the scanner they come back through.

The office cannot reach any of it (tests/test_imports.py: nothing but ``lab`` may import it).
"""
