"""What stops a benchmark."""


class BenchStopped(Exception):
    """Something to measure is missing, or answers otherwise than it should; the sentence says what."""
