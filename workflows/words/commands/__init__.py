"""What each file of `commands/` says, and the help of its commands: one file here for each file there."""
