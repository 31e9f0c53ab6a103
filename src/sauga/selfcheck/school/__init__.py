"""The school label: a team answers thirty aspects, gets a level and a plan at once, and for gold an
ambassador from another school reviews the evidence."""
