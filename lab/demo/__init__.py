"""``make demo``: the main job for real, from the sample contacts to their answers."""
