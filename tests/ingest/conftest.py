"""Settings of the ingest tests."""

from hypothesis import settings

# The first example loads parsers and tables; how long that takes says nothing about the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
