"""Receipts: issuing them from the graph, printing them with codes to scan, and the page that verifies them offline."""
