"""What tries the product out from outside: nothing here is in the image, and nothing of the product imports it."""
