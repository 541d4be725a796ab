"""What of the files departments found goes into an answer: enclosed, masked in part, or withheld, each with its ground."""
