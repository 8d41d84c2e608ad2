"""The pages of words that stand in every footer."""

PAGES = ("help", "accessibility", "licence", "your-data", "source")
