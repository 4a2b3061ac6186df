"""The grammar of Chinese numbers, money, areas, counts and times."""
