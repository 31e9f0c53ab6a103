"""What the queries found, in words and marks for the pages."""
