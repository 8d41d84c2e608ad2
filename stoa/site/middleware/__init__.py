"""What happens around every request: pages are compressed and guarded, and visits are recorded."""
