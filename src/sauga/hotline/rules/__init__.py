"""Rules without a database: who may do what, when two addresses are the same, where an item goes, how often it is checked."""
