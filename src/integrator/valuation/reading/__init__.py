"""Users' files -> what the formulas take: bills, stated values, trade, an input-output table; and what is wrong."""
