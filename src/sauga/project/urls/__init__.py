"""URL configurations of the two sites, composed from the services of this installation."""
