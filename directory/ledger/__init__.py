"""The ledger of a running service: places and checkpoints, the witness, the checks, exports and their verification."""
