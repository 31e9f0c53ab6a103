"""Pages that draw on all subdomains: statistics of the collection and the cards of “My day”."""
