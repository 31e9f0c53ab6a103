"""Forms of the portal's own desk and of the reviewer's page."""
