"""Rules of tools: pure functions over plain values."""
