"""The keyring's file and the rotation of its keys."""
