"""What every format makes of one story, as files to look at: `python -m tests.publish.exports.golden` writes them anew."""

from __future__ import annotations

import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from onrecord.publish.exports import FORMATS, FromLedger, Known, export
from onrecord.records import Reading

GOLDEN = Path(__file__).parent / "golden"
REPORTED = {"e1": Known("c-arbat", 3, 2, "accepted"), "e2": Known("c-zagreya", 1, 1, "unreviewed")}


def made(story: Reading, name: str) -> dict[str, str]:
    """The files of a format by name. Parquet, whose bytes change with its library, as lines of JSON and a schema."""
    given = [FromLedger(story, REPORTED)]
    if not FORMATS[name].folder:
        stream = io.StringIO()
        export(given, name, stream)
        return {name + FORMATS[name].ending: stream.getvalue()}
    with TemporaryDirectory() as folder:
        export(given, name, Path(folder))
        return {f"{name}/{label}": text for path in sorted(Path(folder).iterdir()) for label, text in _shown(path)}


def _shown(path: Path) -> list[tuple[str, str]]:
    if path.suffix != ".parquet":
        return [(path.name, path.read_bytes().decode("utf-8"))]
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(path)
    columns = [f"{field.name}: {field.type}" for field in table.schema]
    rows = [json.dumps(row, ensure_ascii=False, default=str) for row in table.to_pylist()]
    return [(f"{path.stem}.txt", "\n".join([*columns, "", *rows]) + "\n")]


def main() -> None:
    """Write all golden files anew."""
    from tests.publish.exports.conftest import the_story

    for name in FORMATS:
        for label, text in made(the_story(), name).items():
            (GOLDEN / label).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / label).write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
