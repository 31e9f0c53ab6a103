"""Rules of the portal: who may do what, and the words behind codes."""
