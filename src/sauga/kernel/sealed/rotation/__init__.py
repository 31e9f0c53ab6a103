"""New versions of the keys of teams and machines."""
