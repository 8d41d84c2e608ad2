"""Comments that help: what is missing in one, found here and now, without any outside service."""
