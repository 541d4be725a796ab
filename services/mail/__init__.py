"""Mail to people who work here: at once what leads and departments must see to, the rest once each working morning."""
