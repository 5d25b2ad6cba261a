"""What the directory knows, frozen: every derived value is computed here and nowhere else."""
