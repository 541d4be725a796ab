"""``make week``: an operator's week at a real desk."""
