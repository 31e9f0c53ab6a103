"""Everything that changes a member's account. Each function is one act, one transaction, one audit line."""
