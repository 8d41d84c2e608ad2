"""What pages that join rooms are made of."""
