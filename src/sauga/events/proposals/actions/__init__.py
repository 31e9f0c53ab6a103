"""Every write of the call for papers."""
