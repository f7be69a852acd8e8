"""The transaction that every query function is given, under the name that this package uses for it."""

from neo4j import AsyncManagedTransaction as Transaction

__all__ = ["Transaction"]
