"""Other centres' records over OAI-PMH: how an answer is read, and what a record would be as a draft. No database, no network."""
