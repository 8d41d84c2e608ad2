"""Invents realistic logs of any size, with their truth beside them."""
