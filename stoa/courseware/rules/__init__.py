"""What courseware decides, without a database."""
