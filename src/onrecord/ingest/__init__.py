"""What exactly did the publisher print? Files, pages and streams become articles; offsets are final from here on."""

from onrecord.ingest._article import Limits, from_bytes, from_html, from_markdown, from_text
from onrecord.ingest._csv import column_map
from onrecord.ingest._fetch import Fetcher
from onrecord.ingest._forms import INPUT_FORMATS
from onrecord.ingest._layout import Furniture, Layout, layout
from onrecord.ingest._load import count_files, load, load_named, size_of_files
from onrecord.ingest._options import Rejected, Tally
from onrecord.ingest._records import from_json_line
from onrecord.ingest._repair import REPAIRS
from onrecord.ingest._rules import Rule, rules

__all__ = [
    "INPUT_FORMATS",
    "REPAIRS",
    "Fetcher",
    "Furniture",
    "Layout",
    "Limits",
    "Rejected",
    "Rule",
    "Tally",
    "column_map",
    "count_files",
    "from_bytes",
    "from_html",
    "from_json_line",
    "from_markdown",
    "from_text",
    "layout",
    "load",
    "load_named",
    "rules",
    "size_of_files",
]
