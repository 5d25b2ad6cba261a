"""What content/ may hold, settled in allowed.json: pages that people write, their pictures, nothing that runs."""
