"""Lets `pip install .` compile the languages and find the packages that Stoa runs on.

https://hatch.pypa.io/latest/plugins/build-hook/custom/ and .../metadata-hook/custom/
"""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

REQUIREMENTS = Path(__file__).resolve().parents[2] / "config" / "requirements.in"


class AssetsHook(BuildHookInterface[Any]):
    """Compiles the languages before the wheel is packed."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run build.py, which lies beside this file and is no package here."""
        del version, build_data
        place = Path(__file__).with_name("build.py")
        spec = importlib.util.spec_from_file_location("stoa_assets", place)
        if spec is None or spec.loader is None:
            raise RuntimeError(f"{place} is missing")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.build()


class PackagesHook(MetadataHookInterface):
    """Names the packages in one place: config/requirements.in."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Fill in what pyproject.toml calls dynamic."""
        lines = REQUIREMENTS.read_text().splitlines()
        metadata["dependencies"] = [line for line in lines if line and not line.startswith(("#", "-"))]
