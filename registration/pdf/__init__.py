"""The NVRA form on paper: ``render(answers, cover, language)`` gives the finished PDF."""

from registration.pdf.template import Template, compile_template, render

__all__ = ["Template", "compile_template", "render"]
