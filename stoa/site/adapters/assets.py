"""Where CSS, scripts and fonts are kept: compressed, and named by what is in them."""

from django.utils.functional import cached_property
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(CompressedManifestStaticFilesStorage):
    """Names files by their content; before they are collected (tests, tools), by their plain name."""

    def create_compressor(self, **given: object) -> object:
        """With gzip only: Brotli would take seconds at the first start wherever its package happens to be there."""
        compressor = super().create_compressor(**given)  # type: ignore[no-untyped-call]  # WhiteNoise types it half
        compressor.use_brotli = False
        return compressor

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002 -- the given signature
        """The address of a file; a page asks for the same few again and again."""
        plain = name or ""
        if force:
            return super().url(plain, force)
        if plain not in self._addresses:
            self._addresses[plain] = super().url(plain, force)
        return self._addresses[plain]

    @cached_property
    def _addresses(self) -> dict[str, str]:
        return {}

    def stored_name(self, name: str) -> str:
        """The name with its hash, or as it is where there is none."""
        # A page without its icon is better than no page.
        return self.hashed_files.get(self.hash_key(self.clean_name(name)), name)
