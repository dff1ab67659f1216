"""Reading what people type: numbers, dates, money, addresses, names."""
