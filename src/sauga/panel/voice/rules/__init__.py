"""What holds in the young people's space, without a database: states, hours, words, terms."""
