"""Stoa's own authoring format: a folder of Markdown files. docs/course-format.md tells authors how to write it."""

from stoa.coursedoc.formats.markdown.loading import read_folder
from stoa.coursedoc.formats.markdown.saving import CannotWrite, write_folder

__all__ = ["CannotWrite", "read_folder", "write_folder"]
