"""What pages that join rooms show."""
