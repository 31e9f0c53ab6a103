"""What all services share; never imports a service. Each package exports its interface from its __init__."""
