"""The API by resource; `Session` joins them."""
