"""The end of personal data: what a closed case held of people is made unreadable, and its history stays."""
