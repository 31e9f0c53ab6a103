"""Pages that span the subdomains of events."""
