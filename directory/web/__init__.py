"""The web front: the home page, the query page, and the files that both need, from no other host."""
