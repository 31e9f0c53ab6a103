"""What is decided without a database: texts and votes, counting, what of a result is published, groups."""
