"""The seam to language models: what can be swapped is this folder's listing."""

from __future__ import annotations
