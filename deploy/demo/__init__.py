"""Two months of 2016 on a throw-away stack: ten employers of all habits, day by day, with totals that must balance."""
