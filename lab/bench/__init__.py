"""What the house costs, as ratios taken in one run; never part of the tests, since a machine is too noisy for that."""
