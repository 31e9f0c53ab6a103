"""Pages that span the subdomains of training."""
