"""A procedure that lives in the tests alone: lost property. Nothing outside this folder knows it."""
