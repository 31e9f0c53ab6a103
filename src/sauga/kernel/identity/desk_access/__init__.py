"""Who may pass to the desk, how long a session holds, and when the second factor is asked again."""
