"""What a reader sees of a valuation: cards, sections of a sheet, pages of the portfolio."""
