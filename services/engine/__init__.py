"""The engine: what knows no procedure. So far the sweep loop and the kinds of trouble."""
