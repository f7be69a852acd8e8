"""Decisions and secrets as pure values: what may be disclosed, and how what is stored stays unreadable."""
