"""The program that decodes images and PDFs, run as a process of its own.

The only place that imports Pillow, pypdfium2 and pypdf. Nothing imports this package: `decoding` starts it by
name (`python -m sauga.kernel.media.sandbox`), so that no server process loads a
decoder (contract "single-decoder").
"""
