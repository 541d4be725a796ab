"""Whether what was told of people stands anywhere but where it may (`python -m lab.canaries`)."""
