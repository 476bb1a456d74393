"""Judges the corpus: our verdict, pyHanko's and pdfsig's, and what viewers show before and after; writes VERDICTS.md.

Usage: verdicts.py PROGRAM FOLDER [--table FILE] [--viewers poppler,mupdf] [--every N]

Ends with 1 where a file is sound although a viewer shows another page than was signed or viewers show different ones, where an honest file is
not sound, and where a disagreement with pyHanko has no explanation.
"""

import argparse
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import corpus
import judges
import table
from viewers import Gallery, absent, present


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--table", type=Path)
    arguments.add_argument("--viewers")
    arguments.add_argument("--every", type=int, default=1)
    asked = arguments.parse_args()
    made = corpus.make(asked.program, asked.folder, asked.every)
    rows = judge(asked.program, asked.folder, made, asked.viewers and asked.viewers.split(","))
    (asked.folder / "verdicts.json").write_text(json.dumps(rows, indent=1))
    if asked.table:
        asked.table.write_text(table.page(asked.table.read_text(), rows, len(present()), absent()))
    faults = [fault for row in rows if (fault := table.fault(row))]
    print("\n".join(faults + [f"{len(rows)} files, {len(faults)} faults"]))
    sys.exit(1 if faults else 0)


def judge(program: str, folder: Path, made: list, names=None) -> list:
    gallery = Gallery(names)
    files = [folder / one.file for one in made]
    pairs = []
    for one, file in zip(made, files):
        pdf = file.read_bytes()
        pairs.append((pdf[: one.signed], pdf))
    with ThreadPoolExecutor() as pool:
        drawn = [pool.submit(hang, gallery, viewer, pairs) for viewer in gallery.viewers]
        ours = judges.ours(program, files)
        theirs = [(judges.pyhanko(pdf), judges.pdfsig(file)) for (_, pdf), file in zip(pairs, files)]
        for one in drawn:
            one.result()
    rows = []
    for one, (before, after), (pyhanko, pdfsig) in zip(made, pairs, theirs):
        shown = {"changed": gallery.changed(before, after), "at_odds": gallery.at_odds(after)}
        rows.append({**vars(one), "ours": ours[one.file], "pyhanko": pyhanko, "pdfsig": pdfsig, **shown})
    return rows


def hang(gallery: Gallery, viewer: str, pairs: list):
    for before, after in pairs:
        gallery.pages(viewer, before)
        gallery.pages(viewer, after)


if __name__ == "__main__":
    main()
