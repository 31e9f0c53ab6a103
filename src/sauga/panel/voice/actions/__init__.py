"""Every write of the young people's voice."""
