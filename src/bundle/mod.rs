//! Our own `report.json`: wire types, schema version, upgraders.
