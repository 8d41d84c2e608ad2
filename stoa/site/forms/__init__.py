"""What visitors may tell the site without an account."""
