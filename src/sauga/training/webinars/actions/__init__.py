"""Everything that writes, by what it writes."""
