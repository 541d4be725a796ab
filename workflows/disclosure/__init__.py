"""What of the files departments found goes into an answer: enclosed, masked in part, or withheld, on its ground."""
