"""What is counted, how it is grouped, drawn and said: pure."""
