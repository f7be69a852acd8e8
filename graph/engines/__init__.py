"""The engines that can hold the graph: found, started, watched and recognised."""
