"""The sub-commands of the admin script, one file a noun, each imported only when it is called."""
