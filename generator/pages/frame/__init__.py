"""What stands around every page: walls, policy, style sheet, templates."""
