"""What spans the subdomains of events: figures."""
