"""Pages of the desk that are about people: signing in, the vault, the own account, the team."""
