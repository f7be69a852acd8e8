"""The notices: their texts as files, the book of those that are published, and how they are laid out and read."""
