"""Every write of the programme."""
