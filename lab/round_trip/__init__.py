"""``make round-trip``: letters out, forms back through real pixels, and nothing mixed up."""
