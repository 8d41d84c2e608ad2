"""The public report: one question, one figure each, frozen and hashed."""
