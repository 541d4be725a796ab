"""What goes out of what departments found: looked at, masked, enclosed or withheld, by a name and recorded."""
