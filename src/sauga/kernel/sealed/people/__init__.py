"""Keys of people: key pairs, the vault, recovery, teams and their members."""
