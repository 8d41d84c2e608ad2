"""From reviews to scores: leave-one-out messages between submissions and raters (docs/decisions, peer scores).

`values` and `explanation` are plain Python. The modules that calculate load numpy: commands import
them, pages and actions never do (pyproject.toml, contract "light").
"""
