"""Backup and moving house: archives of the directory, restores, the journal of what may not come back (E6, E7)."""
