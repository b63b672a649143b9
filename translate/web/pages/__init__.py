"""The pages, one module for each step of the work; each lists its ``ROUTES``."""
