"""Compiles a Typst source to PDF/A-3a, once, in a fresh process: typst_once.py SOURCE.typ OUT.pdf FONTS"""
import sys

import typst

source, out, fonts = sys.argv[1:]
typst.compile(source, output=out, font_paths=[fonts], ignore_system_fonts=True, pdf_standards=["a-3a"])
