"""The departments of the office: which there are, and whom its plan asks for whose data."""
