"""What peer review answers, with the reader's rights built in."""
