"""Every write of the helpline, one file a noun."""
