"""The made-up city: people, bodies and standings that no real person stands behind, told from a seed."""
