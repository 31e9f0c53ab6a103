"""What is decided about proposals: pure functions that read neither the database nor a clock."""
