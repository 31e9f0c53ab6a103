"""Every write of tools."""
