"""Views from the porch: the picture that every course gets, drawn from what it is."""
