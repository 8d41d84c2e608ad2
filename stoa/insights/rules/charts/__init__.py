"""Charts: a specification in, an SVG out; the same specification gives the same bytes."""
