"""Makes a person-course table that is safe to publish."""
