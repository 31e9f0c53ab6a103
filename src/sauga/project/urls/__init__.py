"""Addresses of the two doors, composed from the services of this house."""
