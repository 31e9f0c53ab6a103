"""What is decided without a database: the questionnaire, levels, differences between rounds, terms, plan."""
