"""How what people write is read: days, numerals, postcodes, telephones, countries, and text that was damaged. Pure."""
