"""What is known of whole populations, to set learners beside: figures of others, each with its source and year."""
