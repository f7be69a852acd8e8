"""The ledger's arithmetic: commitments, the Merkle tree over them, signed checkpoints, and the map of latest leaves."""
