"""What happens around every request: pages are compressed, and visits are recorded."""
