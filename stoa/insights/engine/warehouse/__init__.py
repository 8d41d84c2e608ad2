"""A folder of Parquet files with one manifest."""
