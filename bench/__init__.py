"""The benchmark: what the directory does, measured against its bars on both engines in one run."""
