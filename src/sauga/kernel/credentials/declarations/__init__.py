"""What services declare: kinds of credentials, and what is printed on them."""
