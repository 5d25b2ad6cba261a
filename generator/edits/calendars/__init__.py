"""The calendars that entries give: read where they are kept, and their new meetings proposed. Never part of a build."""
