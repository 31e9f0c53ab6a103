"""Pure rules of learning: what follows from what a learner does, who waits, how items perform."""
