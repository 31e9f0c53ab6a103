"""Template tags of the helpline."""
