"""Numbers that identify a person uniquely: what they look like however they are written, so that none enters (P6)."""
