"""Everything that writes in the newsletter."""
