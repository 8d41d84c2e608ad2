"""Where CSS, scripts and fonts are kept: compressed, and named by what is in them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(CompressedManifestStaticFilesStorage):
    """Names files by their content; before they are collected (tests, tools), by their plain name."""

    def stored_name(self, name: str) -> str:
        """The name with its hash, or as it is where there is none."""
        # A page without its icon is better than no page.
        return self.hashed_files.get(self.hash_key(self.clean_name(name)), name)
