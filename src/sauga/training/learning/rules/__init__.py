"""Pure rules of learning: what follows from what somebody does, who waits, how items perform."""
