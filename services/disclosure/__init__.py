"""What goes out of what departments found: looked at, masked, enclosed or withheld, each deed by a name and recorded."""
