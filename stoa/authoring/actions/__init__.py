"""What authoring does."""
