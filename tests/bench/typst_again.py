"""Compiles a Typst source again and again in one process after a change of one letter, as its own live preview does, and prints the
median time in seconds: typst_again.py SOURCE.typ FONTS ROUNDS"""
import statistics
import sys
import time
from pathlib import Path

import typst

source, fonts, rounds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
words = source.read_text()
middle = words.index("gateway", len(words) // 2)
compiler = typst.Compiler(str(source), font_paths=[fonts], ignore_system_fonts=True)
compiler.compile(format="pdf", pdf_standards=["a-3a"])
times = []
try:
    for nth in range(rounds):
        source.write_text(f"{words[:middle]}{chr(97 + nth % 26)}{words[middle:]}")
        began = time.perf_counter()
        compiler.compile(format="pdf", pdf_standards=["a-3a"])
        times.append(time.perf_counter() - began)
finally:
    source.write_text(words)
print(statistics.median(times))
