"""Drivers for many documents: a stream of sources and a function in, a folder of Parquet parts out."""
