"""Programs that measure: speed and memory beside other converters, on texts made here."""
