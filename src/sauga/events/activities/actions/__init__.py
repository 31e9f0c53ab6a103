"""Every write about activities."""
