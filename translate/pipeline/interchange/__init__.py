"""A work taken to other tools and people, brought back, and completed by translations that exist already."""
