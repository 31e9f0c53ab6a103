"""Voting of the Youth Panel: secret ballots, elections and opinion groups."""
