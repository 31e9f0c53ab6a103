"""The programme: its versions, each with its criteria, and who put it into force."""
