"""What spans the subdomains of training."""
