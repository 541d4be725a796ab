"""The counter: a process of the desk that has everything ready, and the script that brings people's calls to it."""
