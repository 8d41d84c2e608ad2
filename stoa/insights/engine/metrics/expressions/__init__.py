"""Metrics as Ibis expressions: tables in, tables out, whatever engine runs them."""
