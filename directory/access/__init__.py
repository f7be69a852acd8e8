"""Who may call: actors, their access keys, and what a request may do."""
