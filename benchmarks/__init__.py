"""Measuring Dragoman: a model server on loopback that makes no error of its own, and the script that runs books against it."""
