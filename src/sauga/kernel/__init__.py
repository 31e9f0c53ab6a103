"""Shared ground of all services; never imports a service. Each package exports its interface from its __init__."""
