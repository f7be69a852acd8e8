"""The command `civic`."""
