"""A ledger in a real browser."""
