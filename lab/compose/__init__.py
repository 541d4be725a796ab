"""``make compose-drill``: the image and docker-compose.yml for real."""
