"""Alerts that call people by name until someone acknowledges them."""
