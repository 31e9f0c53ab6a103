"""Django's PostgreSQL backend with one change; the module `base` is where Django looks for it."""
