"""Pages of ballots: members' and the desk's."""
