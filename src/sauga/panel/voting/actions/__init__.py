"""Everything that writes about ballots."""
