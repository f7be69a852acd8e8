"""Screening what comes in: values, documents, files."""
