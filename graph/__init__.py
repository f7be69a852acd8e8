"""The graph: the only place with Cypher, from the engines that run it to the queries over it."""
