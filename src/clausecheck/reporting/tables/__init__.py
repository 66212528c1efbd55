"""Tables: one workbook model, written as XLSX and ODS; flat files (CSV, Parquet)."""
