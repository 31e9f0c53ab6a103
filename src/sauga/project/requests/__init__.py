"""What every request meets before a service sees it: limits, the three sites, compression and kept forms."""
