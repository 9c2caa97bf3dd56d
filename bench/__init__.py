"""The measures of the house, each against a baseline found in the same run; times are judged here and nowhere else."""
