"""People without an account: receipts, tickets, visits and puzzles."""
