"""Tables of reviews and of staff's anchors, as people export them from spreadsheets and other platforms."""
