"""What a request says to people, in Japanese and English: refusals, notices, help, and the words for its codes."""
