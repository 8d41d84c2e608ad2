"""Pages of Insights: a choice in the address, figures from the engine, words and drawings here."""
