"""What Django asks of the site: where assets lie, what every page shows."""
