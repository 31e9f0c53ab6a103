"""Hand-overs to INHOPE, the police and other authorities: what waits, signed files, records and their
corrections."""
