"""Bringing people into the directory."""
